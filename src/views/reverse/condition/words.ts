import type {
  ClassWay,
  Condition,
  FactorWay,
  KnownWay,
  RegionWay,
} from '../../../experiment/conditions/types.ts';
import type { Formula } from '../../../experiment/formula.ts';

interface WayWords {
  readonly label: string;
  readonly summary: string;
  /** Its equation, and how it is read aloud. */
  readonly tex: string;
  readonly spoken: string;
}

type Words<W extends string> = { readonly [K in W]: WayWords };

/** What each way is called and does (r: Sohl-Dickstein et al. 2015, §2.5; known: Song et al. 2021, App. I, and RePaint; class: Dhariwal & Nichol 2021). */
export const WAYS: {
  readonly r: Words<FactorWay>;
  readonly known: Words<KnownWay>;
  readonly class: Words<ClassWay>;
  readonly region: Words<RegionWay>;
} = {
  region: {
    exact: {
      label: 'Exact guidance',
      summary:
        'Follows how likely x₀ lies within the outline, seen from x_t: what a perfect guide would know.',
      tex: String.raw`\hat x_0 + \tfrac{\sigma_t^2}{\alpha_t}\nabla\!\ln p(x_0\in A\mid x_t)`,
      spoken: 'x zero hat plus sigma squared over alpha times the gradient of ln p of x zero in A given x t',
    },
    reconstruction: {
      label: 'Reconstruction',
      summary:
        'Follows how deep the prediction x̂₀ lies within the outline, by the slope through the denoiser: four more evaluations.',
      tex: String.raw`\hat x_0 + \tfrac{\sigma_t^2}{\alpha_t}\nabla_{x_t}\!\ln \Phi\bigl(d_A(\hat x_0)/s_t\bigr)`,
      spoken:
        'x zero hat plus sigma squared over alpha times the gradient of ln Phi of the depth of x zero hat in A over s t',
    },
  },
  r: {
    exact: {
      label: 'Exact guidance',
      summary: 'Follows r_t, the mean of r over all x₀ behind x_t: what a perfect guide would know.',
      tex: String.raw`\hat x_0 + \tfrac{\sigma_t^2}{\alpha_t}\nabla\!\ln r_t(x_t),\quad r_t(x_t)=\mathbb{E}[r(x_0)\mid x_t]`,
      spoken: 'x zero hat plus sigma squared over alpha times the gradient of ln r t',
    },
    '2015': {
      label: 'The same r at every step (2015)',
      summary:
        'Shifts the mean of each step by its variance times the slope of ln r, as the paper of 2015 does.',
      tex: String.raw`x_s \sim \mathcal N\bigl(\mu + \sigma^2\nabla\!\ln r(\mu),\ \sigma^2 I\bigr)`,
      spoken: 'x s is drawn about mu plus sigma squared times the gradient of ln r at mu',
    },
    product: {
      label: 'Each step times r',
      summary: 'Multiplies the Gaussian of each step by r exactly; still the same r at every step.',
      tex: String.raw`x_s \sim \mathcal N(\mu,\ \sigma^2 I)\,r(x_s)/Z`,
      spoken: 'x s is drawn from the step times r over Z',
    },
    reconstruction: {
      label: 'Reconstruction',
      summary: 'Follows r at the prediction x̂₀, by the slope through the denoiser: four more evaluations.',
      tex: String.raw`\hat x_0 + \tfrac{\sigma_t^2}{\alpha_t}\nabla_{x_t}\!\ln r\bigl(\hat x_0(x_t)\bigr)`,
      spoken: 'x zero hat plus sigma squared over alpha times the gradient of ln r of x zero hat',
    },
  },
  known: {
    exact: {
      label: 'Exact guidance',
      summary: 'Follows the slope of how likely the known value is, seen from x_t.',
      tex: String.raw`\hat x_0 + \tfrac{\sigma_t^2}{\alpha_t}\nabla\!\ln p(x_0 \mid x_t)`,
      spoken:
        'x zero hat plus sigma squared over alpha times the gradient of ln p of the known part given x t',
    },
    replacement: {
      label: 'Replacement',
      summary:
        'After every step, puts in the known coordinate with as much noise as is due. Needs no training, and is biased.',
      tex: String.raw`x_s \leftarrow \alpha_s x_0 + \sigma_s\varepsilon`,
      spoken: 'the known part of x s becomes alpha s x zero plus sigma s epsilon',
    },
    repaint: {
      label: 'RePaint',
      summary:
        'Replacement, going back and repeating each step, so that the sought part comes to agree with the known one.',
      tex: String.raw`x_s \leftarrow \alpha_s x_0 + \sigma_s\varepsilon`,
      spoken:
        'the known part of x s becomes alpha s x zero plus sigma s epsilon, and the step is repeated U times',
    },
    projection: {
      label: 'Projection of x̂₀',
      summary: 'Puts the known value into every prediction x̂₀, which the sampler then follows.',
      tex: String.raw`\hat x_0 \leftarrow x_0`,
      spoken: 'the known part of x zero hat becomes x zero',
    },
  },
  class: {
    exact: {
      label: 'Exact classifier',
      summary: 'Guides by the data’s own p(y|x_t), which no learned classifier can beat.',
      tex: String.raw`\hat x_0 + s\,\tfrac{\sigma_t^2}{\alpha_t}\nabla\!\ln p(y\mid x_t)`,
      spoken: 'x zero hat plus s times sigma squared over alpha times the gradient of ln p of y given x t',
    },
    classifier: {
      label: 'Learned classifier',
      summary:
        'Guides by a small network that has learned to tell noised points apart; the first time takes some seconds.',
      tex: String.raw`\hat x_0 + s\,\tfrac{\sigma_t^2}{\alpha_t}\nabla\!\ln p_\theta(y\mid x_t)`,
      spoken:
        'x zero hat plus s times sigma squared over alpha times the gradient of ln p theta of y given x t',
    },
    'classifier-free': {
      label: 'Classifier-free',
      summary:
        'Asks the network itself for the class and for any, and exaggerates the difference: w = s − 1.',
      tex: String.raw`s\,\varepsilon_\theta(x_t,y) + (1-s)\,\varepsilon_\theta(x_t)`,
      spoken: 's times epsilon theta for the class plus one minus s times epsilon theta for any',
    },
  },
};

export function wordsOf(condition: Condition): WayWords {
  switch (condition.kind) {
    case 'r':
      return WAYS.r[condition.way];
    case 'known':
      return WAYS.known[condition.way];
    case 'class':
      return WAYS.class[condition.way];
    case 'region':
      return WAYS.region[condition.way];
  }
}

/** "times r(x)", "x known", "class 2, s = 3": the line of a stage. */
export function conditionPhrase(condition: Condition): string {
  switch (condition.kind) {
    case 'r':
      return 'times r(x)';
    case 'known':
      return `${directionName(condition.angle)} known`;
    case 'region':
      return 'within an outline';
    case 'class':
      return `class ${condition.index}, s = ${condition.scale}`;
  }
}

function directionName(angle: number): string {
  if (angle % 180 === 0) return 'x';
  return angle % 180 === 90 ? 'y' : 'one coordinate';
}

/** The scales α_t, σ_t of a chain by its ᾱ_t: there, α_t is what one step keeps. */
const inAlphaBar = (tex: string): string =>
  tex
    .replace(
      String.raw`\tfrac{\sigma_t^2}{\alpha_t}`,
      String.raw`\tfrac{1-\bar\alpha_t}{\sqrt{\bar\alpha_t}}`,
    )
    .replace(
      String.raw`\alpha_s x_0 + \sigma_s\varepsilon`,
      String.raw`\sqrt{\bar\alpha_s}\,x_0 + \sqrt{1-\bar\alpha_s}\,\varepsilon`,
    );

/** A stage's formula, with that of its condition. @param ofChain whether the noise is a chain's */
export function withCondition(formula: Formula, condition: Condition | null, ofChain: boolean): Formula {
  if (condition === null) return formula;
  const { tex, spoken } = wordsOf(condition);
  return {
    ...formula,
    lines: [...formula.lines, { tex: ofChain ? inAlphaBar(tex) : tex, label: spoken }],
  };
}
