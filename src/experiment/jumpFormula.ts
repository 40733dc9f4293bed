import { processes } from '../core/processes/index.ts';
import type { Formula } from './formula.ts';
import { isChain } from './scheduled.ts';

const OF_CHAIN: Formula = {
  title: 'Noising a data point (DDPM, Eq. 4)',
  lines: [
    {
      tex: String.raw`x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\;\varepsilon,\quad \varepsilon\sim\mathcal N(0,I)`,
      label: 'x t is root alpha bar t times x zero plus root one minus alpha bar t times epsilon',
    },
  ],
};

/** x_t from x_0 in one jump. @param process registry id */
export function jumpFormula({ process }: { readonly process: string }): Formula {
  if (isChain(process)) return OF_CHAIN;
  const jump = {
    tex: String.raw`x_t = \alpha\,x_0 + \sigma\,\varepsilon,\quad \varepsilon\sim\mathcal N(0,I)`,
    label: 'x t is alpha times x zero plus sigma times epsilon',
  };
  const { label, marginal } = processes.get(process);
  const lines = [jump, { tex: marginal, label: `alpha and sigma of ${label}` }];
  return { title: 'Noising a data point', lines };
}
