import type { Formula } from '../../experiment/formula.ts';
import { ASKED_CLASS, agreeOnClass, classConflict, classTexts } from '../classes.ts';
import { layersPart } from '../parts.ts';
import { runRequest } from '../runRequest.ts';
import { runTexts, SHOWN_RUN } from '../shownRun.ts';
import { answersOf, type Source, sourcePart } from '../sources.ts';
import type { AskedClass, StageBase, View } from '../types.ts';
import type { DensityRequest } from './request.ts';

/** Guidance is of answers, not of a density: none is the one whose score it follows (Ho & Salimans 2022, §3.2). */
export interface DensityStage extends StageBase, Pick<AskedClass, 'ofClass'> {
  readonly kind: 'density';
  readonly source: Source;
}

const TEXTS = {
  learned: {
    title: 'Density, model’s',
    phrase: 'where it puts points',
    name: 'density of the model',
  },
  exact: { title: 'Density, exact', phrase: 'where noised data are', name: 'exact density' },
  error: {
    title: 'Density error',
    phrase: 'too much, too little',
    name: 'error of the model’s density',
  },
} as const;

const EXACT: Formula = {
  title: 'The density of noised data',
  lines: [
    {
      tex: String.raw`p_t(x) = \int p_0(x_0)\,\mathcal N\bigl(x;\,\alpha_t x_0,\,\sigma_t^2 I\bigr)\,dx_0`,
      label:
        'p t of x is the integral of p zero times a Gaussian about alpha t x zero of variance sigma t squared',
    },
  ],
};

const MODEL: Formula = {
  title: 'The density of the model, by its probability flow (Song et al. 2021, Eq. 39)',
  lines: [
    {
      tex: String.raw`\ln p_t(x_t) = \ln p_T(x_T) + \int_t^T \nabla\cdot f_\theta(x_s,s)\,ds`,
      label: 'ln p t of x t is ln p T of x T plus the integral of the divergence of the flow along its path',
    },
  ],
};

/** The density p_t as a heat map. */
export const density: View<DensityStage, DensityRequest> = {
  kind: 'density',
  letter: 'd',
  label: 'Density',
  summary: 'How likely every place is, by the data or by the model.',
  shows: 'time',
  parts: {
    source: sourcePart('exact'),
    layers: layersPart([]),
    ofClass: ASKED_CLASS.ofClass,
    ...SHOWN_RUN,
  },
  layers: ['data', 'contours', 'score', 'streamlines'],
  agree: agreeOnClass,
  conflict: classConflict,
  requests({ kind, source, ofClass, run }) {
    return answersOf(source).map((each) => ({
      ...{ kind, source: each },
      ...(ofClass > 0 && { ofClass }),
      ...runRequest({ run }),
    }));
  },
  text(stage) {
    const { title, phrase } = TEXTS[stage.source];
    return { title, subtitle: [...runTexts(stage), ...classTexts({ ...stage, guidance: 0 }), phrase] };
  },
  name: ({ source, ofClass }) => TEXTS[source].name + (ofClass === 0 ? '' : ` of class ${ofClass}`),
  formula: ({ source }) => (source === 'exact' ? EXACT : MODEL),
};
