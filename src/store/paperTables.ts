import type { TableId } from '../experiment/tables.ts';
import type { TableEntry, TableRequest } from '../protocol/studies.ts';
import { WHOLE_CHAIN } from '../views/reverse/mostSteps.ts';

/** What a cell is judged by. */
export type TableMeasure = 'w2' | 'strays' | 'missed' | 'accuracy' | 'bits';

/** A table of a paper, with the toy's settings in the place of the paper's. */
export interface PaperTable extends Pick<TableRequest, 'base' | 'rows' | 'columns' | 'bits'> {
  readonly measure: TableMeasure;
  /** The paper's own numbers by row and column, null for those that the sources do not give; null where they give none. */
  readonly paper: { readonly what: string; readonly cells: readonly (readonly (number | null)[])[] } | null;
  /** What else there is to say of the paper's numbers. */
  readonly note: string;
  /** What the cells come to, where it is not which is best or what the paper orders: of the rows from first to last. */
  readonly tells?: 'trade' | 'fewest' | 'students';
}

const steps = (S: number): TableEntry => ({ label: `S = ${S}`, run: { nSteps: S } });
const ALL_STEPS: TableEntry = { label: 'S = T', run: { nSteps: WHOLE_CHAIN } };
const eta = (value: number): TableEntry => ({ label: `η = ${value}`, run: { sampler: 'ddim', eta: value } });

export const paperTables: Readonly<Record<TableId, PaperTable>> = {
  'ddim-steps': {
    base: { run: { timeGrid: 'linear' } },
    rows: [...[0, 0.2, 0.5, 1].map(eta), { label: 'σ̂', run: { sampler: 'ddpm', variance: 'beta' } }],
    columns: [steps(10), steps(20), steps(50), steps(100), ALL_STEPS],
    bits: false,
    measure: 'w2',
    paper: {
      what: 'FID on CIFAR-10, with T = 1000 in the last column',
      cells: [
        [13.36, 6.84, 4.67, 4.16, 4.04],
        [null, null, null, null, null],
        [null, null, null, null, null],
        [null, null, null, null, null],
        [367.43, null, null, null, 3.17],
      ],
    },
    note: 'The paper’s claim: η = 0 is best with few steps; σ̂ is worst with few steps and best with all of them.',
  },
  'ddpm-losses': {
    base: { run: { sampler: 'ddpm', nSteps: 1000, variance: 'beta-tilde' } },
    rows: [
      { label: 'predicts μ̃', config: { output: 'mu' } },
      { label: 'predicts ε', config: { output: 'eps' } },
    ],
    columns: [
      {
        label: 'L, learned Σ',
        config: { learnedVariance: true, weighting: 'variational' },
        run: { variance: 'learned' },
      },
      { label: 'L, fixed Σ', config: { learnedVariance: false, weighting: 'variational' } },
      { label: 'L_simple', config: { learnedVariance: false, weighting: 'simple' } },
    ],
    bits: false,
    measure: 'w2',
    paper: {
      what: 'FID on CIFAR-10; what was unstable is blank',
      cells: [
        [23.69, 13.22, null],
        [null, 13.51, 3.17],
      ],
    },
    note: 'The paper’s claim: with ε and L_simple the samples are best.',
  },
  'iddpm-bits': {
    base: { config: { learnedVariance: true }, run: { sampler: 'ddpm', nSteps: 1000 } },
    rows: [
      { label: 'linear', config: { schedule: 'linear' } },
      { label: 'cosine', config: { schedule: 'cosine' } },
    ],
    columns: [
      { label: 'σ² = β̃', run: { variance: 'beta-tilde' } },
      { label: 'learned Σ', run: { variance: 'learned' } },
    ],
    bits: true,
    measure: 'bits',
    paper: null,
    note: 'The sources’ table has 3.53 and 2.94 bits/dim for IDDPM, 3.77 and 3.70 for DDPM, on data and settings of their own. The toy’s bits are of densities, so they may be negative.',
  },
  'sde-samplers': {
    base: { run: { nSteps: 100, timeGrid: 'linear' } },
    rows: [
      { label: 'VE', config: { process: 've' } },
      { label: 'VP', config: { process: 'vp' } },
      { label: 'sub-VP', config: { process: 'sub-vp' } },
    ],
    columns: [
      { label: 'predictor', run: { sampler: 'reverse-diffusion' } },
      { label: 'corrector', run: { sampler: 'annealed-langevin' } },
      { label: 'both', run: { sampler: 'predictor-corrector', nSteps: 50 } },
      { label: 'flow', run: { sampler: 'rk45' } },
    ],
    bits: false,
    measure: 'w2',
    paper: null,
    note: 'The sources give no numbers for these cells. The paper’s claim: predictor and corrector together do better than either alone.',
  },
  'corrector-snr': {
    base: { run: { sampler: 'predictor-corrector', timeGrid: 'linear' } },
    rows: [0.01, 0.05, 0.1, 0.16, 0.3, 0.5].map((snr) => ({
      label: `r = ${snr}`,
      run: { parameters: { snr } },
    })),
    columns: [steps(20), steps(50), steps(100)],
    bits: false,
    measure: 'w2',
    paper: null,
    note: 'The paper shows the best r as a figure, without numbers in the sources. Its claim: there is an r between too small to correct and too large to stay.',
  },
  guidance: {
    base: { config: { conditional: true }, run: { sampler: 'ddim', timeGrid: 'quadratic', ofClass: 1 } },
    rows: [0, 0.5, 1, 2, 4].map((w) => ({ label: `w = ${w}`, run: { guidance: w } })),
    columns: [steps(10), steps(20), steps(50)],
    bits: false,
    measure: 'accuracy',
    paper: null,
    note: 'Samples of class 1, held against true draws of that class. The sources’ claim: a larger weight makes samples more surely of their class, and less varied.',
    tells: 'trade',
  },
  'few-steps': {
    base: { run: { timeGrid: 'log-snr' } },
    rows: [32, 16, 8, 4, 2, 1].map(steps),
    columns: [
      { label: 'DDIM', run: { sampler: 'ddim' } },
      { label: 'DPM++ 2M', run: { sampler: 'dpm-solver-pp-2m' } },
      { label: 'UniPC', run: { sampler: 'unipc' } },
      { label: 'DDPM', run: { sampler: 'ddpm', variance: 'beta' } },
    ],
    bits: false,
    measure: 'w2',
    paper: null,
    note: 'What halving S costs one network, by the sampler. What a network can win back that was taught to take few steps is in the table of progressive distillation.',
    tells: 'fewest',
  },
  distillation: {
    // A student says x̂₀ at t = 1, where an answer ε̂ divides by α ≈ 0.
    base: { config: { output: 'v' }, run: { sampler: 'ddim', eta: 0, timeGrid: 'linear' } },
    rows: [32, 16, 8, 4, 2, 1].map(steps),
    columns: [{ label: 'teacher' }, { label: 'student', distilledFrom: 32 }],
    bits: false,
    measure: 'w2',
    paper: {
      what: 'FID of its students on CIFAR-10',
      cells: [
        [null, null],
        [null, null],
        [null, 2.57],
        [null, 3.0],
        [null, 4.51],
        [null, 9.12],
      ],
    },
    note: 'All take steps of DDIM. The teacher is the page’s own model, as far as it has been trained, where it predicts v, and else one that is trained for the table. The first student learns to do in one step what the teacher, which took 32, does in two; the next learns it from the first, and so on. Below a student stands where a perfect one would end: the exact answer with S = 32. What was not distilled has FID 13.36 with S = 10 in the paper.',
    tells: 'students',
  },
};

/** How long the models of a table are trained, unless told. */
export const TABLE_STEPS = 3000;
