import { denseMachine } from '../../../src/backends/dense/index.ts';
import { bitsOf } from '../../../src/core/words/automaton.ts';
import { LANGUAGE } from '../../../src/core/words/language.ts';
import { createWordsModel } from '../../../src/worlds/words/learn.ts';
import type { SampleRun, Trajectory } from '../../../src/worlds/words/learning/methods/method.ts';
import type { WordsModel } from '../../../src/worlds/words/learning/model.ts';
import { USUAL, type WordsSettings } from '../../../src/worlds/words/settings.ts';

export interface Trained {
  readonly model: WordsModel;
  readonly settings: WordsSettings;
  /** What the network says. */
  sample(n: number, changes?: Partial<WordsSettings>, run?: Partial<SampleRun>): Trajectory;
  /** Its bits a sentence. */
  bits(n: number): number;
}

/** A method after so many steps, always the same. */
export async function trained(changes: Partial<WordsSettings>, steps: number): Promise<Trained> {
  const settings = { ...USUAL, budgetSteps: steps, ...changes };
  const model = createWordsModel(await denseMachine(), settings);
  for (let k = 0; k < steps; k++) model.train(steps);
  const { process, net, rng } = model;
  return {
    model,
    settings,
    sample: (n, other, run) =>
      finished(
        process.sample({
          n,
          denoiser: 'learned',
          net,
          rng: rng.fork('test'),
          settings: { ...settings, ...other },
          ...run,
        }),
      ),
    bits: (n) => finished(process.bound!({ n, denoiser: 'learned', net, rng: rng.fork('bits') })).bits,
  };
}

/** Share of what is said that are sentences. */
export const valid = ({ frames }: Trajectory) =>
  frames.at(-1)!.filter((sentence) => bitsOf(LANGUAGE, sentence) < Number.POSITIVE_INFINITY).length /
  frames.at(-1)!.length;

export function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
