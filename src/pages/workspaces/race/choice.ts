import { samplers } from '../../../core/samplers/index.ts';
import { timeGrids } from '../../../core/timeGrids/index.ts';
import { booleanCodec, choiceCodec, integerCodec } from '../../../experiment/codecs.ts';
import { FIELDS } from '../../../experiment/fields.ts';
import { listCodec, type TextFieldsOf } from '../../../experiment/textSettings.ts';
import type { RaceDenoiser } from '../../../protocol/studies.ts';

/** What the person has chosen to race. */
export interface RaceChoice {
  readonly samplers: readonly string[];
  /** Whether the samplers of the page's own stages race too, each with its settings. */
  readonly ofStages: boolean;
  readonly timeGrid: string;
  readonly nSteps: readonly number[];
  readonly denoisers: readonly RaceDenoiser[];
  /** Samples in a run. */
  readonly n: number;
  /** Of x_T and the noise. */
  readonly seed: number;
}

/** Who can race: samplers that come to the data. */
export const RACERS = samplers.entries.filter(({ fixedTime }) => fixedTime === undefined);
/** Time grids for all; a list is a stage's own. */
export const GRIDS = timeGrids.entries.filter(({ id }) => id !== 'list');

const idsOf = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);

/** The choices as links carry them. */
export const RACE_FIELDS: TextFieldsOf<RaceChoice> = {
  samplers: {
    name: 'Samplers',
    key: 'rs',
    default: ['ddim', 'heun', 'dpm-solver-pp-2m', 'unipc'],
    codec: listCodec(choiceCodec(idsOf(RACERS)), 'ddim', RACERS.length),
  },
  ofStages: { name: 'The stages’ own', key: 'ro', default: false, codec: booleanCodec },
  timeGrid: { name: 'Time grid', key: 'rg', default: 'log-snr', codec: choiceCodec(idsOf(GRIDS)) },
  nSteps: {
    name: 'Steps S',
    key: 'rn',
    default: [5, 10, 20, 50],
    codec: listCodec(integerCodec(1, 1000), 1, 20),
  },
  denoisers: {
    name: 'Denoiser',
    key: 'rd',
    default: ['learned', 'exact'],
    codec: listCodec(choiceCodec(['learned', 'exact']), 'learned', 2),
  },
  n: { name: 'Samples', key: 'rk', default: 1000, codec: integerCodec(100, 10_000) },
  seed: { name: 'Seed', key: 'rr', default: 1, codec: FIELDS.seed.codec },
};
