import { emaDecayAt, learningRateAt } from '../backends/learningRate.ts';
import { probeLosses, probeStepBefore } from '../backends/lossProbe.ts';
import type { Network, StepRates, TrainerBackend, TrainerState } from '../backends/types.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import type { Experiment } from '../families/family.ts';

/** Milliseconds of training between looks at the message queue. */
const SLICE_MS = 25;
/** A finite loss beyond this is divergence too: the loss of a network that says nothing is 1. */
const ABSURD_LOSS = 1e6;
const CHECKPOINT_MS = 2000;

/** What may change while a model is in training. */
export type TrainingConfig = Pick<ExperimentConfig, 'batchSize' | 'learningRate' | 'emaDecay'>;

export interface Slice {
  readonly ms: number;
  readonly loss: number;
  readonly diverged: boolean;
}

/** A model in training on one device, and what is kept of it on the CPU. */
export interface Training {
  readonly step: number;
  /** The latest good weights kept on the CPU. */
  readonly checkpoint: TrainerState;
  /** Takes about 25 ms of steps, never more than `maxSteps`, at least one. */
  slice(config: TrainingConfig, maxSteps: number): Promise<Slice>;
  /** Copies the weights to the CPU. */
  save(): Promise<void>;
  /** The averaged weights of this moment, on the CPU. */
  average(): Promise<Float32Array>;
  freeze(): Network<unknown>;
  dispose(): void;
}

export function startTraining(
  backend: TrainerBackend<unknown>,
  experiment: Experiment,
  from: TrainerState,
): Training {
  const trainer = backend.createTrainer(experiment.task, from, experiment.rng.fork('batches'));
  const follower = experiment.followLosses();
  let probedAt: number | null = null;
  let checkpoint = from;
  let savedAt = performance.now();
  let msPerStep = SLICE_MS;

  async function save(): Promise<void> {
    checkpoint = await trainer.state();
    savedAt = performance.now();
  }

  /** Lets the draws of t follow the losses where it is time; a model that was restored asks at once. */
  async function keepUp(): Promise<void> {
    if (!follower) return;
    const due = probeStepBefore(trainer.step, follower);
    if (due === null || due === probedAt) return;
    probedAt = due;
    const network = trainer.freeze();
    try {
      const rng = experiment.rng.fork('survey').fork(trainer.step);
      const losses = await probeLosses(backend, network, experiment.task, follower, rng);
      if (losses.every(Number.isFinite)) trainer.redraw(follower.learn(losses));
    } finally {
      network.dispose();
    }
  }

  /** So many steps, or as many as there are before the draws change again. */
  function stepsBeforeProbe(steps: number): number {
    if (!follower) return steps;
    let count = 1;
    while (count < steps && probeStepBefore(trainer.step + count, follower) === probedAt) count += 1;
    return count;
  }

  return {
    get step() {
      return trainer.step;
    },
    get checkpoint() {
      return checkpoint;
    },
    save,
    async slice(config, maxSteps) {
      await keepUp();
      const wanted = Math.max(1, Math.min(maxSteps, Math.floor(SLICE_MS / msPerStep)));
      const steps = stepsBeforeProbe(wanted);
      const begun = performance.now();
      trainer.advance(config.batchSize, ratesFrom(trainer.step, steps, config));
      const loss = await trainer.settle();
      const ms = performance.now() - begun;
      msPerStep = 0.5 * msPerStep + (0.5 * ms) / steps;
      const diverged = !(Math.abs(loss) < ABSURD_LOSS);
      if (!diverged && performance.now() - savedAt > CHECKPOINT_MS) await save();
      return { ms, loss, diverged };
    },
    average: async () => (await trainer.state()).ema,
    freeze: () => trainer.freeze(),
    dispose: () => trainer.dispose(),
  };
}

/** The rates of the next steps. */
function ratesFrom(first: number, steps: number, config: TrainingConfig): StepRates[] {
  return Array.from({ length: steps }, (_, i) => ({
    learningRate: learningRateAt(first + i, config.learningRate),
    emaDecay: emaDecayAt(first + i, config.emaDecay),
  }));
}
