import { useEffect, useRef, useState } from 'react';
import { invalidated } from '../../experiment/fields.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { isCancelled, problemOf } from '../../protocol/errors.ts';
import type { EngineProblem } from '../../protocol/protocol.ts';
import type { StudyKind, StudyProgress, StudyRequest } from '../../protocol/studies.ts';
import { usePlayground, usePlaygroundContext } from '../../store/react.ts';
import { runStudy } from '../../store/studies.ts';

/** A comparison as a workspace sees it. */
export interface ShownStudy<K extends StudyKind> {
  /** All that has been found so far; null before the first. */
  readonly progress: StudyProgress<K> | null;
  readonly running: boolean;
  /** Seconds until it is done, as far as can be told; null when it does not run or has just begun. */
  readonly secondsLeft: number | null;
  /** Why it ended early; null where it did not, or was cancelled. */
  readonly problem: EngineProblem | null;
  /** Training steps behind the network that it is about. */
  readonly step: number;
  /** Whether it is about an experiment that has changed since. */
  readonly outdated: boolean;
  start(request: StudyRequest<K>): void;
  cancel(): void;
}

/** Before this share is done, nothing is said of the time that is left. */
const TELLING = 0.02;

const changesAnswer = (old: ExperimentConfig, next: ExperimentConfig) =>
  ['samples', 'model'].includes(invalidated(old, next));

/** Runs comparisons of a kind, one at a time; leaving the page ends it. */
export function useStudy<K extends StudyKind>(kind: K): ShownStudy<K> {
  const { engine, settled, store } = usePlaygroundContext();
  const [progress, setProgress] = useState<StudyProgress<K> | null>(null);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<EngineProblem | null>(null);
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const [step, setStep] = useState(0);
  const [asked, setAsked] = useState<ExperimentConfig | null>(null);
  const outdated = usePlayground(({ config }) => asked !== null && changesAnswer(asked, config));
  const controller = useRef<AbortController | null>(null);
  const cancel = () => controller.current?.abort();
  useEffect(() => () => controller.current?.abort(), []);

  async function start(request: StudyRequest<K>): Promise<void> {
    cancel();
    const own = new AbortController();
    controller.current = own;
    const isLatest = () => controller.current === own;
    setRunning(true);
    setProblem(null);
    setProgress(null);
    setSecondsLeft(null);
    const { shownSnapshot, step: latest, config } = store.getState();
    setAsked(config);
    setStep(shownSnapshot ?? latest);
    const begun = performance.now();
    const onProgress = (heard: StudyProgress<K>) => {
      if (!isLatest()) return;
      setProgress(heard);
      const spent = (performance.now() - begun) / 1000;
      setSecondsLeft(heard.done > TELLING ? (spent / heard.done) * (1 - heard.done) : null);
    };
    try {
      await settled();
      const result = await runStudy(engine, kind, request, { signal: own.signal, onProgress });
      if (isLatest()) setProgress({ done: 1, result });
    } catch (error) {
      if (isLatest() && !isCancelled(error)) setProblem(problemOf(error));
    } finally {
      if (isLatest()) setRunning(false);
    }
  }
  return {
    progress,
    running,
    secondsLeft,
    problem,
    step,
    outdated,
    start: (request) => void start(request),
    cancel,
  };
}
