import { createRng } from '../../../core/rng.ts';
import { bitsOf } from '../../../core/words/automaton.ts';
import { askedFacts } from '../../../core/words/control.ts';
import { L, LANGUAGE, MASK, SYMBOLS, sentenceOf, textOf, V, WORDS } from '../../../core/words/language.ts';
import { observedLikelihood } from '../../../core/words/likelihood.ts';
import { posterior } from '../../../core/words/posterior.ts';
import { languageFacts } from '../../../core/words/statistics.ts';
import { show } from '../../../experiment/errors.ts';
import {
  type DenoiserId,
  denoiserOf,
  fieldsOf,
  listOf,
  sequenceOf,
  wholeOf,
} from '../../../families/discrete/requests.ts';
import { badRequest } from '../../../protocol/errors.ts';
import type { Answer } from '../../learner.ts';
import { controlRequest, hasMasks, METHOD_IDS, type MethodId, type WordsSettings } from '../settings.ts';
import { controlOf } from './controlRequest.ts';
import { guidanceOf } from './guidance.ts';
import { canBeFilled } from './methods/bart.ts';
import type { Process } from './methods/method.ts';
import { IMPOSSIBLE } from './methods/shared.ts';
import type { WordsModel } from './model.ts';
import { askedQuality } from './quality.ts';
import { createTrials } from './scoreboard.ts';

const MOST_SENTENCES = 10_000;
const BOUND_SENTENCES = 500;

/** `discrete.*` of the page API, and the scoreboard's questions. */
export function wordsAnswers(
  model: WordsModel,
  create: (settings: WordsSettings) => WordsModel,
): { answers: Readonly<Record<string, Answer<WordsSettings>>>; dispose(): void } {
  const { process, net } = model;
  const trials = createTrials(create);
  return {
    dispose: trials.dispose,
    answers: {
      vocabulary: () => ({ answer: [...WORDS] }),
      score: (request) => ({ answer: score(listOf(request, 'sequences')) }),
      *sample(request, settings) {
        const fields = fieldsOf(request, ['n', 'steps', 'seed', 'denoiser', 'fixed', 'control']);
        const n = wholeOf(fields, 'n', 1, MOST_SENTENCES);
        const rng = createRng(wholeOf(fields, 'seed', 0, 2 ** 32 - 1, 1));
        const steps = fields.steps === undefined ? undefined : stepsOf(fields.steps, process);
        const denoiser = denoiserOf(fields);
        const fixed =
          fields.fixed === undefined ? undefined : fixedOf(fields.fixed, settings.method, denoiser);
        const control =
          fields.control === undefined
            ? controlRequest(settings)
            : controlOf(fields.control, model, settings);
        const guidance = yield* guidanceOf(model, control, denoiser);
        const walk = yield* saying(() =>
          process.sample({
            n,
            denoiser,
            net,
            rng,
            settings,
            guidance,
            ...(steps !== undefined && { steps }),
            ...(fixed && { fixed }),
          }),
        );
        const sequences = walk.frames.at(-1)!;
        const text = sequences.map(textOf);
        if (Object.keys(control.asked).length === 0) return { sequences, text };
        const { success, bitsGiven } = askedQuality(sequences, control.asked);
        return { sequences, text, control: { success, bits: bitsGiven, ...askedFacts(control.asked) } };
      },
      *bound(request, { method }) {
        const fields = fieldsOf(request, ['denoiser', 'steps']);
        if (!process.bound)
          throw badRequest(
            `${method} has no bound of the likelihood.`,
            'Score its samples by discrete.score, or choose any-order, bert, gpt or d3pm.',
          );
        const steps = fields.steps === undefined ? undefined : stepsOf(fields.steps, process);
        return yield* process.bound({
          n: BOUND_SENTENCES,
          denoiser: denoiserOf(fields),
          net,
          rng: model.rng.fork('asked'),
          ...(steps !== undefined && { steps }),
        });
      },
      *posterior(request) {
        const fields = fieldsOf(request, ['sequence', 't', 'denoiser']);
        const sequence = symbolsOf(fields.sequence, 'sequence');
        const t = timeOf(fields.t, process);
        const denoiser = denoiserOf(fields);
        yield;
        const p = refused(() => process.posterior({ sequence, t, denoiser, net }), OTHER_WORDS);
        return Array.from({ length: L }, (_, i) => Array.from(p.subarray(i * V, (i + 1) * V)));
      },
      transition(request) {
        const { transition, mostSteps } = process;
        if (!transition)
          throw badRequest('This method has no matrices.', 'Choose d3pm, whose noise is a matrix.');
        const t = wholeOf(fieldsOf(request, ['t']), 't', 1, mostSteps);
        const { Q, Qbar, K } = transition(t);
        const rows = (matrix: Float64Array) =>
          Array.from({ length: K }, (_, i) => Array.from(matrix.subarray(i * K, (i + 1) * K)));
        return { answer: { Q: rows(Q), Qbar: rows(Qbar) } };
      },
      marginal: (request) => ({ answer: marginal(process, request) }),
      trialBegin: (request, settings) => ({ answer: trials.begin(methodOf(request), settings) }),
      *trialTrain(request) {
        return yield* trials.train(wholeOf(fieldsOf(request, ['steps']), 'steps', 1, 100_000));
      },
      *trialScore() {
        return yield* trials.score();
      },
      *scoreTrue() {
        return yield* trials.scoreTrue();
      },
    },
  };
}

/** Positions × symbols: q_t(x_i), exact; the table of whole sentences has 14¹² entries. */
function marginal({ transition, mostSteps }: Process, request: unknown): Float64Array {
  if (!transition) throw badRequest('This method has no matrices.', 'Choose d3pm, whose noise is a matrix.');
  const t = wholeOf(fieldsOf(request, ['t']), 't', 0, mostSteps);
  const { byPosition } = languageFacts();
  const { K } = transition(1);
  const out = new Float64Array(L * K);
  for (let i = 0; i < L; i++)
    for (let v = 0; v < V; v++)
      for (let j = 0; j < K; j++) {
        const q = t === 0 ? (v === j ? 1 : 0) : transition(t).Qbar[v * K + j]!;
        out[i * K + j]! += byPosition[i * V + v]! * q;
      }
  return out;
}

function score(rows: readonly unknown[]): { bits: Float64Array; valid: boolean[] } {
  const sequences = rows.map((row, i) => symbolsOf(row, `sequences[${i}]`));
  const masked = sequences.findIndex((sequence) => sequence.includes(MASK));
  if (masked >= 0)
    throw badRequest(`sequences[${masked}] holds [M], which is no word.`, 'Put a word in its place.');
  const bits = Float64Array.from(sequences, (sequence) => bitsOf(LANGUAGE, sequence));
  return { bits, valid: Array.from(bits, (value) => value < Number.POSITIVE_INFINITY) };
}

/** A sentence as text, or as 12 symbols. */
function symbolsOf(value: unknown, name: string): Int32Array {
  if (typeof value === 'string') return refused(() => sentenceOf(value), OTHER_WORDS);
  return sequenceOf(value, name, L, SYMBOLS.length, 'a sentence');
}

/** What the network makes of words that no sentence has can be asked; the exact denoisers have no answer. */
function fixedOf(value: unknown, method: MethodId, denoiser: DenoiserId): Int32Array {
  const fixed = symbolsOf(value, 'fixed');
  if (!hasMasks(method))
    throw badRequest(`${method} fills no masks.`, 'Leave fixed out, or choose any-order or another method.');
  if (!fixed.includes(MASK))
    throw badRequest('fixed has no [M]: there is nothing to fill.', 'Put [M] where words are wanted.');
  const fits = method === 'bart' ? canBeFilled : canBe;
  if (denoiser !== 'learned' && !fits(fixed))
    throw badRequest(IMPOSSIBLE, 'Put [M] in place of some of the words of fixed.');
  return fixed;
}

const canBe = (fixed: Int32Array): boolean =>
  posterior(LANGUAGE, observedLikelihood(fixed)).logEvidence > Number.NEGATIVE_INFINITY;

function methodOf(request: unknown) {
  const { method } = fieldsOf(request, ['method']);
  const found = METHOD_IDS.find((id) => id === method);
  if (found === undefined)
    throw badRequest(`method = ${show(method)} is unknown.`, `Give one of ${METHOD_IDS.join(', ')}.`);
  return found;
}

function stepsOf(value: unknown, { mostSteps }: Process): number {
  if (typeof value === 'number' && value > mostSteps)
    throw badRequest(
      `steps is ${value}, more than the ${mostSteps} steps that there are.`,
      `Give a whole number from 1 to ${mostSteps}.`,
    );
  return wholeOf({ steps: value }, 'steps', 1, mostSteps);
}

/** t as a step 1…T of the noise where it has steps, else its share of the noise, 0…1. */
function timeOf(value: unknown, { transition, mostSteps }: Process): number {
  if (transition) return wholeOf({ t: value ?? 1 }, 't', 1, mostSteps) / mostSteps;
  const t = value ?? 0.5;
  if (typeof t === 'number' && t >= 0 && t <= 1) return t;
  throw badRequest(
    `t = ${show(t)} is not from 0 to 1.`,
    'Give the share of the noise, a number from 0 to 1.',
  );
}

const OTHER_WORDS = 'Give other words, or a sentence of the language.';
const OTHER_SETTINGS = 'Fix other words, or ask the learned denoiser.';

/** What the mathematics refuses is the request's fault, and says so. */
function refused<T>(ask: () => T, advice: string): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) throw badRequest(error.message, advice);
    throw error;
  }
}

function* saying<T>(start: () => Generator<void, T>): Generator<void, T> {
  const work = start();
  for (;;) {
    const { done, value } = refused(() => work.next(), OTHER_SETTINGS);
    if (done) return value;
    yield;
  }
}
