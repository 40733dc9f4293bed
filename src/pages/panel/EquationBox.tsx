import { isChain } from '../../config/scheduled.ts';
import type { AskedClass, ExperimentConfig, PanelId } from '../../config/types.ts';
import { Equation } from '../../controls/Equation.tsx';
import { samplers } from '../../core/samplers/index.ts';
import { usePlayground } from '../../store/react.ts';
import type { Formula } from './formula.ts';
import { lossFormula } from './lossFormula.ts';
import { jumpFormula, noiseFormula } from './noiseFormula.ts';

const CHAIN: Formula = {
  title: 'One small step of noise (DDPM, Eq. 2)',
  lines: [
    {
      tex: String.raw`x_t = \sqrt{1-\beta_t}\,x_{t-1} + \sqrt{\beta_t}\;z_t`,
      label: 'x t is root one minus beta t times x t minus one plus root beta t times z t',
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

const GUIDANCE = {
  tex: String.raw`\tilde\varepsilon = (1+w)\,\varepsilon_\theta(x_t, y) - w\,\varepsilon_\theta(x_t)`,
  label:
    'the guided noise is one plus w times the noise predicted for the class minus w times that for any class',
};

/** The formula of a stage, with that of its guidance where it has any (Ho & Salimans 2022, Eq. 6). */
function withGuidance(formula: Formula, { ofClass, guidance }: AskedClass): Formula {
  if (ofClass === 0 || guidance === 0) return formula;
  return { ...formula, lines: [...formula.lines, GUIDANCE] };
}

function formulaOf(panel: PanelId, config: ExperimentConfig, selected: number): Formula {
  const stage = config.stages[selected];
  if (panel === 'noise') return noiseFormula(config);
  if (panel === 'model') return lossFormula(config);
  if (panel === 'data' || stage === undefined) return jumpFormula(config);
  if (stage.kind === 'score') return withGuidance(SCORE, stage);
  if (stage.kind === 'forward')
    return stage.mode === 'chain' && isChain(config.process) ? CHAIN : jumpFormula(config);
  const { label, equation } = samplers.get(stage.sampler);
  const step = {
    title: `One step of ${label}`,
    lines: [{ tex: equation, label: `the update rule of ${label}` }],
  };
  return withGuidance(step, stage);
}

/** The equation in force for what the panel is about. */
export function EquationBox({ selected }: { readonly selected: number }) {
  const config = usePlayground((state) => state.config);
  const { title, lines } = formulaOf(config.panel, config, selected);
  return (
    <section className="equation-box" aria-label="Equation">
      <h2>{title}</h2>
      {/* Inline, so that a long equation breaks into lines instead of running out of the panel. */}
      {lines.map(({ tex, label }) => (
        <p key={tex}>
          <Equation tex={`\\displaystyle ${tex}`} label={label} />
        </p>
      ))}
    </section>
  );
}
