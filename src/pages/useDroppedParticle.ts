import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { EngineError } from '../protocol/errors.ts';
import type { ParticlePath } from '../protocol/protocol.ts';
import { usePlayground, usePlaygroundContext } from '../store/react.ts';
import type { StageConfig } from '../views/index.ts';
import type { ReverseStage } from '../views/reverse/stage.ts';

export interface DroppedParticle {
  /** Puts the particle at a point (data units) at time t, in every stage at once. */
  drop(point: readonly [number, number], t: number): void;
  remove(): void;
  /** Its paths under a stage's sampler; elsewhere, and while they are computed, the place alone. */
  pathsOf(stage: StageConfig): readonly ParticlePath[];
}

interface Drop {
  /** The view it was dropped in: with other data it is another plane, and the particle is gone. */
  readonly view: object;
  readonly point: readonly [number, number];
  readonly t: number;
}

const NO_PATHS: readonly ParticlePath[] = [];
/** The clock rests on t = 1 or 0 only at the ends, where a path has no past or no future. */
const INSIDE = 0.001;

const keyOf = ({ id: _id, layers: _layers, ...settings }: ReverseStage) => JSON.stringify(settings);

const isOutdated = (error: unknown) =>
  error instanceof EngineError && (error.code === 'interrupted' || error.code === 'bad-request');

/** Where it was dropped, for stages that have no path for it, or none yet. */
export const markOf = ({ point, t }: Pick<Drop, 'point' | 't'>): ParticlePath => ({
  times: Float32Array.of(t),
  points: Float32Array.from(point),
  droppedAt: 0,
});

/** A particle that the person dropped: each reverse stage shows its whole path, past and future; all show the place. */
export function useDroppedParticle(view: object): DroppedParticle {
  const { engine, actions } = usePlaygroundContext();
  const stages = usePlayground(({ config }) => config.stages);
  const step = usePlayground(
    ({ phase, step, shownSnapshot }) => shownSnapshot ?? (phase === 'training' ? -1 : step),
  );
  const [dropped, setDropped] = useState<Drop | null>(null);
  const drop = dropped?.view === view ? dropped : null;
  // A model that has learned more draws other paths.
  const wanted = useMemo(() => ({ drop, stages, step }), [drop, stages, step]);
  const [paths, setPaths] = useState<ReadonlyMap<string, readonly ParticlePath[]>>(new Map());
  const marks = useMemo(() => (drop === null ? NO_PATHS : [markOf(drop)]), [drop]);
  const latest = useRef(0);

  useEffect(() => {
    const { drop, stages } = wanted;
    const turn = ++latest.current;
    if (drop === null) {
      setPaths(new Map());
      return;
    }
    const settings = new Map(
      stages.flatMap((stage) => (stage.kind === 'reverse' ? [[keyOf(stage), stage]] : [])),
    );
    const requests = [...settings].map(async ([key, stage]) => {
      const t = Math.min(1 - INSIDE, Math.max(INSIDE, drop.t));
      const path = await engine.path({ stage, t, point: drop.point });
      return [key, [path]] as const;
    });
    Promise.all(requests).then(
      (found) => turn === latest.current && setPaths(new Map(found)),
      (error: unknown) => {
        // A changed experiment refuses what was asked of the one before.
        if (turn !== latest.current || isOutdated(error)) return;
        actions.notify({ tone: 'error', message: String(error), advice: 'Drop the particle again.' });
      },
    );
  }, [wanted, engine, actions]);

  return {
    drop: useCallback((point, t) => setDropped({ view, point, t }), [view]),
    remove: useCallback(() => setDropped(null), []),
    pathsOf: (stage) => (stage.kind === 'reverse' && paths.get(keyOf(stage))) || marks,
  };
}
