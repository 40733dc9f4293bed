import { useRef, useState } from 'react';
import { useWorld, useWorldSettings } from '../../store/worlds/react.ts';
import type { WorldPlayground } from '../../store/worlds/worldStore.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckGroup } from '../../ui/CheckGroup.tsx';
import { Claims } from './Claims.tsx';
import { METHOD_FACTS } from './methodFacts.ts';
import type { ScoreRow } from './recordings.ts';
import { ScoreTable } from './ScoreTable.tsx';
import { METHOD_IDS, type MethodId, type WordsSettings } from './settings.ts';

const OPTIONS = METHOD_IDS.map((value) => ({ value, label: METHOD_FACTS[value].label }));
/** Steps of training between two looks at whether the person has had enough. */
const PIECE = 20;

/** Trains the ticked methods one after the other, and compares what they say with the language. */
export function Scoreboard() {
  const world = useWorld();
  const { budgetSteps, compared } = useWorldSettings<WordsSettings>();
  const [rows, setRows] = useState<readonly ScoreRow[]>([]);
  const [progress, setProgress] = useState<string | null>(null);
  const stopped = useRef(false);

  const start = async () => {
    stopped.current = false;
    setRows([]);
    setProgress('Drawing true sentences…');
    try {
      await compare(world, compared, budgetSteps, {
        isStopped: () => stopped.current,
        tell: setProgress,
        add: (row) => setRows((known) => [...known, row]),
      });
      setProgress(null);
    } catch (error) {
      setProgress(`The comparison ended: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  const isRunning = progress?.endsWith('…') ?? false;
  return (
    <section className="chart-card words-card words-scoreboard" aria-label="Scoreboard">
      <h3>
        <span>Scoreboard</span>
      </h3>
      <CheckGroup
        label="Methods"
        value={compared}
        options={OPTIONS}
        onChange={(next) => void world.set({ compared: next })}
      />
      <div className="button-row">
        <Button variant="primary" disabled={isRunning || compared.length === 0} onClick={() => void start()}>
          {`Train and compare (${budgetSteps} steps each)`}
        </Button>
        <Button
          disabled={!isRunning}
          onClick={() => {
            stopped.current = true;
          }}
        >
          Cancel
        </Button>
      </div>
      <p className="words-note" role="status">
        {progress ?? ''}
      </p>
      <ScoreTable rows={rows} />
      {compared.length > 0 && <Claims methods={compared} rows={rows} />}
    </section>
  );
}

interface Listener {
  isStopped(): boolean;
  tell(progress: string): void;
  add(row: ScoreRow): void;
}

async function compare(
  world: WorldPlayground,
  methods: readonly MethodId[],
  budget: number,
  { isStopped, tell, add }: Listener,
): Promise<void> {
  for (const row of (await world.ask('scoreTrue', {})) as readonly ScoreRow[]) add(row);
  for (const [k, method] of methods.entries()) {
    const { label } = METHOD_FACTS[method];
    const which = `${label}, ${k + 1} of ${methods.length}`;
    await world.ask('trialBegin', { method });
    for (let step = 0; step < budget; ) {
      if (isStopped()) return;
      const steps = Math.min(PIECE, budget - step);
      await world.ask('trialTrain', { steps });
      step += steps;
      tell(`${which}: step ${step} of ${budget}…`);
    }
    tell(`${which}: measuring what it says…`);
    add((await world.ask('trialScore', {})) as ScoreRow);
    if (isStopped()) return;
  }
}
