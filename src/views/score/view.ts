import type { Formula } from '../../experiment/formula.ts';
import {
  ASKED_CLASS,
  agreeOnClass,
  classConflict,
  classRequest,
  classTexts,
  withGuidance,
} from '../classes.ts';
import { layersPart } from '../parts.ts';
import { answersOf, type Source, sourcePart } from '../sources.ts';
import type { AskedClass, StageBase, View } from '../types.ts';
import type { ScoreRequest } from './request.ts';

export interface ScoreStage extends StageBase, AskedClass {
  readonly kind: 'score';
  readonly source: Source;
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
  summary: 'Which way the density grows, and how steeply, as arrows.',
  shows: 'time',
  parts: {
    source: sourcePart('learned'),
    layers: layersPart([]),
    ...ASKED_CLASS,
  },
  layers: ['data', 'contours'],
  agree: agreeOnClass,
  conflict: classConflict,
  requests({ kind, source, ...asked }) {
    return answersOf(source).map((each) => ({ kind, source: each, ...classRequest(asked) }));
  },
  text(stage) {
    const { title, phrase } = TEXTS[stage.source];
    return { title, subtitle: [...classTexts(stage), phrase] };
  },
  name: ({ source, ofClass }) => TEXTS[source].name + (ofClass === 0 ? '' : ` of class ${ofClass}`),
  formula: (stage) => withGuidance(SCORE, stage),
};
