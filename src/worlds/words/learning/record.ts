import { drawSentence, L, LANGUAGE, MASK, V } from '../../../core/words/language.ts';
import { observedLikelihood } from '../../../core/words/likelihood.ts';
import { posterior } from '../../../core/words/posterior.ts';
import { languageFacts, totalVariation } from '../../../core/words/statistics.ts';
import type { DenoiserId } from '../../../families/discrete/requests.ts';
import type { RecordingMaker } from '../../learner.ts';
import type { PairAnswer, PlaneAnswer, ProbeAnswer, WordBound, WordRows } from '../recordings.ts';
import { controlRequest, type WordsSettings } from '../settings.ts';
import { controlAnswer } from './controlled.ts';
import { guidanceOf } from './guidance.ts';
import type { Trajectory } from './methods/method.ts';
import type { WordsModel } from './model.ts';
import { qualityOf } from './quality.ts';
import { roundingAnswer } from './rounding.ts';

type Makers = Readonly<Record<string, RecordingMaker<WordsSettings>>>;

/** Sentences by which a stage is judged, as many on each, so that the distinct ones compare; the first of them are shown. */
const COUNTED = 100;
/** Sentences that the bounds are measured with. */
const BOUND_SENTENCES = 120;

/** All that the stages and charts of this world show. */
export function wordsRecordings(model: WordsModel): Makers {
  return {
    forward: { learned: false, make: ({ rows }) => forward(model, rows) },
    learned: { learned: true, make: (settings) => reverse(model, settings, 'learned') },
    factorised: { learned: false, make: (settings) => reverse(model, settings, 'factorised') },
    exact: { learned: false, make: (settings) => reverse(model, settings, 'exact') },
    bound: { learned: true, make: () => bound(model, 'learned') },
    exactBound: { learned: false, make: () => bound(model, 'factorised') },
    probe: { learned: true, make: (settings) => probe(model, settings) },
    pair: { learned: true, make: (settings) => pair(model, settings) },
    plane: { learned: true, make: (settings) => plane(model, settings) },
    rounding: { learned: true, atRest: true, make: (settings) => roundingAnswer(model, settings) },
    control: { learned: true, atRest: true, make: (settings) => controlAnswer(model, settings) },
  };
}

/** A walk as one array. */
function rowsOf({ times, frames, beside }: Trajectory, rows: number): Omit<WordRows, 'edits' | 'quality'> {
  const count = Math.min(rows, frames[0]!.length);
  const symbols = new Uint8Array(frames.length * count * L);
  frames.forEach((frame, k) => {
    for (let row = 0; row < count; row++) symbols.set(frame[row]!, (k * count + row) * L);
  });
  return {
    times,
    rows: count,
    symbols,
    beside: beside ? Uint8Array.from(beside.slice(0, count).flatMap((one) => [...one])) : null,
  };
}

function* forward({ process, rng }: WordsModel, rows: number): Generator<void, WordRows> {
  const stream = rng.fork('forward');
  const sentences = Array.from({ length: rows }, () => drawSentence(stream));
  yield;
  return { ...rowsOf(process.forward(sentences, stream), rows), edits: false, quality: null };
}

function* reverse(
  model: WordsModel,
  settings: WordsSettings,
  denoiser: DenoiserId,
): Generator<void, WordRows> {
  const { process, net, rng } = model;
  const guidance = yield* guidanceOf(model, controlRequest(settings), denoiser);
  const fixed = settings.infill && settings.probe.includes(MASK) ? Int32Array.from(settings.probe) : null;
  const walk = yield* process.sample({
    n: Math.max(settings.rows, COUNTED),
    denoiser,
    net,
    rng: rng.fork('reverse'),
    settings,
    guidance,
    ...(fixed && { fixed }),
  });
  yield;
  return {
    ...rowsOf(walk, settings.rows),
    edits: settings.method === 'diffuser',
    quality: qualityOf(walk, settings),
  };
}

function* bound({ process, net, rng }: WordsModel, denoiser: DenoiserId): Generator<void, WordBound | null> {
  if (!process.bound) return null;
  const { bits, error } = yield* process.bound({ n: BOUND_SENTENCES, denoiser, net, rng: rng.fork('bound') });
  const { entropy, unigramEntropy } = languageFacts();
  return { bits, error, entropy, unigramEntropy };
}

function* probe({ process, net }: WordsModel, settings: WordsSettings): Generator<void, ProbeAnswer> {
  const sequence = Int32Array.from(settings.probe);
  yield;
  try {
    const ask = (denoiser: DenoiserId) => process.posterior({ sequence, t: 0.5, denoiser, net });
    return { learned: ask('learned'), exact: ask('factorised'), message: null };
  } catch (error) {
    return { learned: null, exact: null, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The two words at the first two masks: together, and each by itself. */
function* pair({ process, net }: WordsModel, settings: WordsSettings): Generator<void, PairAnswer> {
  const sequence = Int32Array.from(settings.probe);
  const masks = settings.probe.flatMap((symbol, i) => (symbol === MASK ? [i] : []));
  const [first, second] = masks;
  const joint = new Float64Array(V * V);
  const none = { positions: null, joint, product: joint, learned: null, variation: 0 };
  const seen = posterior(LANGUAGE, observedLikelihood(sequence));
  yield;
  if (first === undefined || second === undefined || seen.logEvidence === Number.NEGATIVE_INFINITY)
    return none;
  for (let v = 0; v < V; v++) {
    const share = seen.marginals[first * V + v]!;
    if (share === 0) continue;
    const given = posterior(LANGUAGE, observedLikelihood(sequence.with(first, v)));
    for (let w = 0; w < V; w++) joint[v * V + w] = share * given.marginals[second * V + w]!;
  }
  const productOf = (p: Float64Array) =>
    Float64Array.from(
      { length: V * V },
      (_, k) => p[first * V + Math.floor(k / V)]! * p[second * V + (k % V)]!,
    );
  const product = productOf(seen.marginals);
  const asksMasks =
    process.outputs === L * V && settings.method !== 'bart' && !settings.method.startsWith('diffu');
  const learned = asksMasks
    ? productOf(process.posterior({ sequence, t: 0.5, denoiser: 'learned', net }))
    : null;
  return { positions: [first, second], joint, product, learned, variation: totalVariation(joint, product) };
}

function* plane({ process, net, rng }: WordsModel, settings: WordsSettings): Generator<void, PlaneAnswer> {
  const { embeddings } = process;
  if (!embeddings || settings.dimension !== 2 || settings.method !== 'diffusion-lm')
    return { embeddings: null, times: [], points: [] };
  const walk = yield* process.sample({ n: 48, denoiser: 'learned', net, rng: rng.fork('plane'), settings });
  return { embeddings: embeddings.slice(), times: walk.times, points: walk.plane ?? [] };
}
