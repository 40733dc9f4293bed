import type { Formula } from '../../experiment/formula.ts';
import { jumpFormula } from '../../experiment/jumpFormula.ts';
import type { ExperimentConfig, PanelId } from '../../experiment/types.ts';
import { usePlayground } from '../../store/react.ts';
import { Equation } from '../../ui/Equation.tsx';
import { viewOf } from '../../views/index.ts';
import { Symbols } from '../lessons/Symbols.tsx';
import { lossFormula } from './lossFormula.ts';
import { noiseFormula } from './noiseFormula.ts';

function formulaOf(panel: PanelId, config: ExperimentConfig, selected: number): Formula {
  const stage = config.stages[selected];
  if (panel === 'noise') return noiseFormula(config);
  if (panel === 'model') return lossFormula(config);
  if (panel === 'data' || stage === undefined) return jumpFormula(config);
  return viewOf(stage).formula(stage, config);
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
      <Symbols tex={lines.map(({ tex }) => tex).join(' ')} stage={config.stages[selected]} />
    </section>
  );
}
