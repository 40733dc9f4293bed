import { createRng } from '../../../core/rng.ts';
import { drawSentence } from '../../../core/words/language.ts';
import { exactQuality, measureSentences } from '../../../core/words/quality.ts';
import { languageFacts } from '../../../core/words/statistics.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { ScoreRow, StartComparison } from '../recordings.ts';
import type { MethodId, WordsSettings } from '../settings.ts';
import type { WordsModel } from './model.ts';
import { qualityOf } from './quality.ts';

const SAMPLES = 1000;
const BOUND_SENTENCES = 500;
const SAMPLES_BY_START = 500;

/** Methods that are trained for the scoreboard, one at a time, beside the model of the page. */
export function createTrials(create: (settings: WordsSettings) => WordsModel) {
  let trial: { readonly model: WordsModel; readonly settings: WordsSettings; ms: number } | null = null;
  const current = () => {
    if (trial) return trial;
    throw badRequest('No method is being tried.', 'Begin with one.');
  };
  const dispose = () => {
    trial?.model.dispose();
    trial = null;
  };
  return {
    dispose,
    begin(method: MethodId, settings: WordsSettings) {
      dispose();
      const own = { ...settings, method, infill: false, control: {} };
      trial = { model: create(own), settings: own, ms: 0 };
      return null;
    },
    *train(steps: number): Generator<void, { step: number; loss: number }> {
      const { model, settings } = current();
      let loss = Number.NaN;
      for (let k = 0; k < steps; k++) {
        const begun = performance.now();
        loss = model.train(settings.budgetSteps);
        current().ms += performance.now() - begun;
        yield;
      }
      return { step: model.net.step, loss };
    },
    *score(): Generator<void, ScoreRow> {
      const { model, settings, ms } = current();
      const { process, net } = model;
      const rng = createRng(7);
      const walk = yield* process.sample({ n: SAMPLES, denoiser: 'learned', net, rng, settings });
      const quality = qualityOf(walk, settings);
      const bits = process.bound
        ? yield* process.bound({ n: BOUND_SENTENCES, denoiser: 'learned', net, rng: createRng(8) })
        : null;
      const row = {
        method: settings.method,
        quality,
        bits: bits && { bits: bits.bits, error: bits.error },
        perplexity: bits && perplexityOf(bits.bits),
        steps: net.step,
        ms,
        byStart: settings.method === 'diffuser' ? yield* compareStarts(model, settings) : null,
      };
      dispose();
      return row;
    },
    /** What is true of the language itself, and what true draws have, as many as are drawn of each method. */
    *scoreTrue(): Generator<void, ScoreRow[]> {
      const rng = createRng(9);
      const sentences = Array.from({ length: SAMPLES }, () => drawSentence(rng));
      yield;
      const drawn = measureSentences(sentences);
      yield;
      const { entropy } = languageFacts();
      const rowOf = (method: string, quality: typeof drawn): ScoreRow => ({
        method,
        quality: { ...quality, nfe: 0, success: null, bitsGiven: null },
        bits: { bits: entropy, error: 0 },
        perplexity: perplexityOf(entropy),
        steps: 0,
        ms: 0,
        byStart: null,
      });
      return [rowOf('exact', exactQuality(SAMPLES)), rowOf('true draws', drawn)];
    },
  };
}

/** Per word, the stop at the end counted as one. */
const perplexityOf = (bits: number): number => 2 ** (bits / (languageFacts().meanLength + 1));

/** What the source says of drafts, asked of one and the same network: with a quarter of the evaluations, and with all. */
function* compareStarts(
  { process, net }: WordsModel,
  settings: WordsSettings,
): Generator<void, StartComparison[]> {
  const counted = SAMPLES_BY_START;
  const of = (start: 'noise' | 'draft', steps: number) =>
    process.sample({
      n: counted,
      denoiser: 'learned',
      net,
      rng: createRng(10),
      settings: { ...settings, start, steps },
    });
  const found: StartComparison[] = [];
  for (const share of [0.25, 1]) {
    const steps = Math.max(1, Math.round(share * settings.steps));
    const noise = yield* of('noise', steps);
    const draft = yield* of('draft', steps);
    found.push({
      noise: qualityOf(noise, settings).valid,
      draft: qualityOf(draft, settings).valid,
      counted,
      nfe: { noise: noise.nfe, draft: draft.nfe },
    });
  }
  return found;
}
