import { askedFacts } from '../../../core/words/control.ts';
import { CONTROL_LEADERS, type ControlAnswer, type ControlRow } from '../recordings.ts';
import { controlRequest, type WordsSettings } from '../settings.ts';
import { guidanceOf } from './guidance.ts';
import type { WordsModel } from './model.ts';
import { qualityOf } from './quality.ts';

const SENTENCES = 100;

/** What each way of leading samples comes to, beside exact sentences; null where nothing is asked. */
export function* controlAnswer(
  model: WordsModel,
  settings: WordsSettings,
): Generator<void, ControlAnswer | null> {
  const request = controlRequest(settings);
  if (Object.keys(request.asked).length === 0) return null;
  const { process, net, rng } = model;
  const rows: ControlRow[] = [];
  for (const leader of CONTROL_LEADERS) {
    const denoiser = leader === 'truth' ? 'exact' : 'learned';
    const way = leader === 'truth' ? 'exact' : leader;
    const guidance = yield* guidanceOf(model, { ...request, way }, denoiser);
    const run = { n: SENTENCES, denoiser, net, rng: rng.fork('control'), settings, guidance } as const;
    const { success, valid, distinct, bitsGiven } = qualityOf(yield* process.sample(run), settings);
    rows.push({ leader, success: success!, valid, distinct, bitsGiven });
    yield;
  }
  return { ...askedFacts(request.asked), counted: SENTENCES, rows };
}
