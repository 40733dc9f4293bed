import type { Formula } from '../../experiment/formula.ts';
import { letterCodec } from '../../experiment/letterCodecs.ts';
import {
  ASKED_CLASS,
  agreeOnClass,
  classConflict,
  classRequest,
  classTexts,
  withGuidance,
} from '../classes.ts';
import { layersPart } from '../parts.ts';
import { runRequest } from '../runRequest.ts';
import { runTexts, SHOWN_RUN } from '../shownRun.ts';
import { answersOf, type Source, sourcePart } from '../sources.ts';
import type { AskedClass, StageBase, View } from '../types.ts';
import type { ScoreRequest } from './request.ts';

export interface ScoreStage extends StageBase, AskedClass {
  readonly kind: 'score';
  readonly source: Source;
  /** ∇ ln p_t, or how far one step of the chain moves the mean. */
  readonly field: 'score' | 'drift';
}

const TEXTS = {
  learned: {
    title: 'Score, learned',
    phrase: 'arrows to denser data',
    name: 'learned score field',
  },
  exact: { title: 'Score, exact', phrase: 'the arrows to learn', name: 'exact score field' },
  error: {
    title: 'Score error',
    phrase: 'where arrows are wrong',
    name: 'error of the learned score field',
  },
} as const;

const DRIFT_TEXTS = {
  learned: { title: 'Drift, learned', phrase: 'where a step moves', name: 'learned drift' },
  exact: { title: 'Drift, exact', phrase: 'where a step should move', name: 'exact drift' },
  error: { title: 'Drift error', phrase: 'where steps are wrong', name: 'error of the learned drift' },
} as const;

const textsOf = ({ field, source }: Pick<ScoreStage, 'field' | 'source'>) =>
  (field === 'drift' ? DRIFT_TEXTS : TEXTS)[source];

const DRIFT: Formula = {
  title: 'The drift of one step back (Sohl-Dickstein et al. 2015, Fig. 1)',
  lines: [
    {
      tex: String.raw`\tilde\mu(x_t,\hat x_0) - x_t`,
      label: 'mu tilde of x t and x zero hat, minus x t',
    },
  ],
};

const SCORE: Formula = {
  title: 'The score, from the predicted noise',
  lines: [
    {
      tex: String.raw`\nabla_x\log p_t(x) \approx s_\theta(x,t) = -\frac{\varepsilon_\theta(x,t)}{\sigma_t}`,
      label: 'the score is minus epsilon theta over sigma t',
    },
  ],
};

/** The score ∇ log p_t as arrows over its length. */
export const score: View<ScoreStage, ScoreRequest> = {
  kind: 'score',
  letter: 's',
  label: 'Score field',
  summary: 'Which way the density grows, or a step moves, as arrows.',
  shows: 'time',
  parts: {
    source: sourcePart('learned'),
    field: {
      name: 'field',
      word: 'field',
      codec: letterCodec({ score: 's', drift: 'm' }),
      fallback: 'score',
    },
    layers: layersPart([]),
    ...ASKED_CLASS,
    ...SHOWN_RUN,
  },
  layers: ['data', 'contours', 'streamlines'],
  agree: agreeOnClass,
  conflict: classConflict,
  requests({ kind, source, field, ...asked }) {
    return answersOf(source).map((each) => ({
      kind,
      source: each,
      ...(field === 'drift' && { field }),
      ...classRequest(asked),
      ...runRequest(asked),
    }));
  },
  text(stage) {
    const { title, phrase } = textsOf(stage);
    return { title, subtitle: [...runTexts(stage), ...classTexts(stage), phrase] };
  },
  name: (stage) => textsOf(stage).name + (stage.ofClass === 0 ? '' : ` of class ${stage.ofClass}`),
  formula: (stage) => withGuidance(stage.field === 'drift' ? DRIFT : SCORE, stage),
};
