import { integerCodec, numberCodec } from '../../experiment/codecs.ts';
import type { Formula } from '../../experiment/formula.ts';
import { letterCodec } from '../../experiment/letterCodecs.ts';
import { layersPart } from '../parts.ts';
import { runRequest } from '../runRequest.ts';
import { runTexts, SHOWN_RUN } from '../shownRun.ts';
import type { StageBase, View } from '../types.ts';
import type { OneStepRequest } from './request.ts';

/** Draws of p(x_0|x_t) that are shown. */
export const N_DRAWS = 200;

export interface OneStepStage extends StageBase {
  readonly kind: 'one-step';
  /** x_t, data units as drawn at its time. */
  readonly x: number;
  readonly y: number;
  /** The step is one of so many: from t to t − 1/nSteps. */
  readonly nSteps: number;
  /** DDIM's η: 1 is the Markov chain of DDPM. */
  readonly eta: number;
  /** Variance of the model's step: that of q given x_0, or that which the forward step adds. */
  readonly variance: 'beta-tilde' | 'beta';
  /** Which draw of p(x_0|x_t) is the x_0 of the Gaussians, 1…N_DRAWS. */
  readonly origin: number;
  /** How many times the plane is magnified about x_t. */
  readonly magnify: '1' | '3' | '10' | '30';
}

const place = (name: string, word: string, fallback: number) => ({
  name,
  word,
  codec: numberCodec(-100, 100, { decimals: 3 }),
  fallback,
});

/** As far as a link carries it. */
const rounded = (value: number) => Math.round(1000 * Math.max(-100, Math.min(100, value))) / 1000;

const MARKOV: Formula = {
  title: 'The step back, for one x₀ and for all (DDPM, Eq. 6 and 7)',
  lines: [
    {
      tex: String.raw`q(x_s\mid x_t,x_0) \propto q(x_s\mid x_0)\,q(x_t\mid x_s)`,
      label:
        'q of x s given x t and x zero is proportional to q of x s given x zero times q of x t given x s',
    },
    {
      tex: String.raw`q(x_s\mid x_t) = \int q(x_s\mid x_t,x_0)\,p(x_0\mid x_t)\,dx_0`,
      label: 'q of x s given x t is the integral of that over p of x zero given x t',
    },
  ],
};

const IMPLICIT: Formula = {
  title: 'The step back of DDIM’s family (Song et al. 2021, Eq. 7)',
  lines: [
    {
      tex: String.raw`q_\sigma(x_s\mid x_t,x_0) = \mathcal N\Bigl(\alpha_s x_0 + \sqrt{\sigma_s^2-\sigma^2}\,\tfrac{x_t-\alpha_t x_0}{\sigma_t},\ \sigma^2 I\Bigr)`,
      label:
        'q sigma of x s given x t and x zero is a Gaussian about alpha s x zero plus root sigma s squared minus sigma squared times the noise of x t, of variance sigma squared',
    },
  ],
};

const TITLE = 'One step';

/** One reverse step under the microscope: what it should draw from, and what the model draws from. */
export const oneStep: View<OneStepStage, OneStepRequest> = {
  kind: 'one-step',
  letter: 'o',
  label: 'One step (microscope)',
  summary: 'One step back from x_t: what it should draw from, beside the model’s Gaussian.',
  shows: 'time',
  parts: {
    x: place('x of x_t', 'x', 0.3),
    y: place('y of x_t', 'y', 0.3),
    nSteps: { name: 'steps S', word: 'steps', codec: integerCodec(1, 1000), fallback: 5 },
    eta: { name: 'η', word: 'eta', codec: numberCodec(0, 1, { decimals: 2 }), fallback: 1 },
    variance: {
      name: 'variance',
      word: 'variance',
      codec: letterCodec({ beta: 'b', 'beta-tilde': 'bt' }),
      fallback: 'beta-tilde',
    },
    origin: { name: 'draw of x₀', word: 'origin', codec: integerCodec(1, N_DRAWS), fallback: 1 },
    magnify: {
      name: 'magnification',
      word: 'magnify',
      codec: letterCodec({ '1': '1', '3': '3', '10': '10', '30': '30' }),
      fallback: '1',
    },
    layers: layersPart(['origins']),
    ...SHOWN_RUN,
  },
  layers: ['origins', 'factors', 'data', 'contours', 'score', 'streamlines'],
  agree(stage, { nChain }, warn) {
    if (stage.nSteps <= nChain) return stage;
    warn(`steps S = ${stage.nSteps} is above T = ${nChain}; using ${nChain}.`);
    return { ...stage, nSteps: nChain };
  },
  conflict({ nSteps }, { nChain }) {
    if (nSteps <= nChain) return null;
    const problem = `= ${nSteps} is above T = ${nChain}`;
    return { setting: 'nSteps', problem, allowed: `a whole number from 1 to nChain (${nChain})` };
  },
  // What is exact of a run is of its own data and process.
  requests: ({ kind, x, y, nSteps, eta, run }) => [
    { kind, source: 'learned', x, y, ...runRequest({ run }) },
    { kind, source: 'exact', x, y, nSteps, eta, ...runRequest({ run }) },
  ],
  frame: ({ x, y, magnify }, { centre, halfWidth }) =>
    magnify === '1' ? { centre, halfWidth } : { centre: [x, y], halfWidth: halfWidth / Number(magnify) },
  place: {
    at: ({ x, y }) => [x, y],
    set: ([x, y]) => ({ x: rounded(x), y: rounded(y) }),
    // A magnified plane is centred on x_t, and would flee from the pointer.
    follows: ({ magnify }) => magnify === '1',
  },
  text: ({ nSteps, eta, magnify, run }) => ({
    title: TITLE,
    subtitle: [
      ...runTexts({ run }),
      `one of ${nSteps} steps`,
      ...(eta === 1 ? [] : [`DDIM, η = ${eta}`]),
      ...(magnify === '1' ? [] : [`${magnify} × as large`]),
      'should be a Gaussian',
    ],
  }),
  name: ({ nSteps }) => `one reverse step of ${nSteps}`,
  formula: ({ eta }) => (eta === 1 ? MARKOV : IMPLICIT),
};
