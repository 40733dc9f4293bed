import { aboutSchedule } from '../../config/noise.ts';
import { followsSchedule, isChain } from '../../config/scheduled.ts';
import type { ExperimentConfig } from '../../config/types.ts';
import { processes } from '../../core/processes/index.ts';
import type { Formula } from './formula.ts';

const TERMINAL = {
  tex: String.raw`\sqrt{\bar\alpha_t}\leftarrow c + \bigl(\sqrt{\bar\alpha_t}-\sqrt{\bar\alpha_T}\bigr)\frac{\sqrt{\bar\alpha_1}-c}{\sqrt{\bar\alpha_1}-\sqrt{\bar\alpha_T}},\quad c = 10^{-3}`,
  label: 'root alpha bar is shifted and stretched so that it ends in a thousandth',
};

/** The process in force and, where it follows one, its schedule. */
export function noiseFormula({ process, schedule, zeroTerminalSnr }: ExperimentConfig): Formula {
  const family = processes.get(process);
  const sde = { tex: family.equation, label: `definition of the process ${family.label}` };
  if (!followsSchedule(process)) return { title: `The process: ${family.label}`, lines: [sde] };
  const { label, equation } = aboutSchedule(schedule);
  const betas = { tex: equation, label: `definition of the ${label} schedule` };
  return {
    title: `${family.label} with the schedule “${label}”`,
    lines: zeroTerminalSnr ? [sde, betas, TERMINAL] : [sde, betas],
  };
}

const OF_CHAIN: Formula = {
  title: 'Noising a data point (DDPM, Eq. 4)',
  lines: [
    {
      tex: String.raw`x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\;\varepsilon,\quad \varepsilon\sim\mathcal N(0,I)`,
      label: 'x t is root alpha bar t times x zero plus root one minus alpha bar t times epsilon',
    },
  ],
};

/** x_t from x_0 in one jump. */
export function jumpFormula({ process }: Pick<ExperimentConfig, 'process'>): Formula {
  if (isChain(process)) return OF_CHAIN;
  const jump = {
    tex: String.raw`x_t = \alpha\,x_0 + \sigma\,\varepsilon,\quad \varepsilon\sim\mathcal N(0,I)`,
    label: 'x t is alpha times x zero plus sigma times epsilon',
  };
  const { label, marginal } = processes.get(process);
  const lines = [jump, { tex: marginal, label: `alpha and sigma of ${label}` }];
  return { title: 'Noising a data point', lines };
}
