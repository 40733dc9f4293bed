import type { Formula } from '../../experiment/formula.ts';
import { jumpFormula } from '../../experiment/jumpFormula.ts';
import { letterCodec } from '../../experiment/letterCodecs.ts';
import { isChain } from '../../experiment/scheduled.ts';
import { layersPart } from '../parts.ts';
import { type RunRequest, runRequest } from '../runRequest.ts';
import { runTexts, SHOWN_RUN } from '../shownRun.ts';
import type { StageBase, View } from '../types.ts';

export interface ForwardStage extends StageBase {
  readonly kind: 'forward';
  /** One Gaussian jump from x_0, or T small steps. */
  readonly mode: 'closed-form' | 'chain';
}

export type ForwardRequest = Pick<ForwardStage, 'kind' | 'mode'> & RunRequest;

const CHAIN: Formula = {
  title: 'One small step of noise (DDPM, Eq. 2)',
  lines: [
    {
      tex: String.raw`x_t = \sqrt{1-\beta_t}\,x_{t-1} + \sqrt{\beta_t}\;z_t`,
      label: 'x t is root one minus beta t times x t minus one plus root beta t times z t',
    },
  ],
};

const TITLE = 'Data → noise';

/** The noising of data. */
export const forward: View<ForwardStage, ForwardRequest> = {
  kind: 'forward',
  letter: 'f',
  label: 'Data → noise (forward)',
  summary: 'The data as noise is added to them.',
  shows: 'forward',
  parts: {
    mode: {
      name: 'mode',
      word: 'mode',
      codec: letterCodec({ 'closed-form': 'c', chain: 'm' }),
      fallback: 'closed-form',
    },
    layers: layersPart(['points']),
    ...SHOWN_RUN,
  },
  layers: ['points', 'density', 'trails', 'data', 'contours', 'score', 'streamlines'],
  requests: ({ kind, mode, run }) => [{ kind, mode, ...runRequest({ run }) }],
  text(stage, nChain) {
    const phrases =
      stage.mode === 'chain' ? [`${nChain} small steps`, 'fresh noise in each'] : ['more and more noise'];
    return { title: TITLE, subtitle: [...runTexts(stage), ...phrases] };
  },
  name: ({ mode }) => (mode === 'chain' ? 'forward chain' : 'forward, closed form'),
  formula: ({ mode }, config) => (mode === 'chain' && isChain(config.process) ? CHAIN : jumpFormula(config)),
};
