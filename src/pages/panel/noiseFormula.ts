import { processes } from '../../core/processes/index.ts';
import type { Formula } from '../../experiment/formula.ts';
import { aboutSchedule } from '../../experiment/noise.ts';
import { followsSchedule } from '../../experiment/scheduled.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';

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
