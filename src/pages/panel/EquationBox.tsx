import { isChain } from '../../config/scheduled.ts';
import type { ExperimentConfig, PanelId } from '../../config/types.ts';
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

function formulaOf(panel: PanelId, config: ExperimentConfig, selected: number): Formula {
  const stage = config.stages[selected];
  if (panel === 'noise') return noiseFormula(config);
  if (panel === 'model') return lossFormula(config);
  if (panel === 'data' || stage === undefined) return jumpFormula(config);
  if (stage.kind === 'score') return SCORE;
  if (stage.kind === 'forward')
    return stage.mode === 'chain' && isChain(config.process) ? CHAIN : jumpFormula(config);
  const { label, equation } = samplers.get(stage.sampler);
  return {
    title: `One step of ${label}`,
    lines: [{ tex: equation, label: `the update rule of ${label}` }],
  };
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
