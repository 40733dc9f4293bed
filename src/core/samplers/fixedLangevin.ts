import { parameterValues } from '../parameters.ts';
import type { Kernel, Sampler } from '../types.ts';
import { langevinStep } from './langevin.ts';
import { requireTowardsData } from './steps.ts';

const PARAMETERS = [
  {
    name: 'fixedTime',
    label: 'At time t',
    hint: 'The noise level at which it stays. Near the data the peaks are far apart, and points stay where they are.',
    initial: 0.3,
    low: 0.01,
    high: 1,
  },
  {
    name: 'stepSize',
    label: 'Step size δ/σ²',
    hint: 'Length of a step in the score’s direction, in units of the noise’s variance. Beyond about 0.3 it is unstable.',
    initial: 0.1,
    low: 0.001,
    high: 0.5,
  },
] as const;

type FixedLangevinSettings = Record<(typeof PARAMETERS)[number]['name'], number>;

const spread = ({ alpha, sigma }: Kernel) => Math.hypot(alpha, sigma);

/**
 * Langevin dynamics at one fixed time (Song & Ermon 2019, Eq. 4): its points become draws of p_t, the data blurred with
 * that much noise. The times it is given only count its steps; what starts at t = 1 is brought to the spread of p_t.
 * @throws RangeError when a setting is out of range, and in a step when there is no noise at that time
 */
export function fixedLangevin(settings: Partial<FixedLangevinSettings> = {}): Sampler {
  const { fixedTime, stepSize } = parameterValues(PARAMETERS, settings);
  return {
    id: 'langevin',
    label: 'Langevin, fixed t',
    summary:
      'Stays at one noise level and climbs its density with fresh noise at each step: draws of blurred data.',
    equation: String.raw`x \leftarrow x + \delta\,\nabla\!\ln p_t(x) + \sqrt{2\delta}\;z,\quad \delta = r\,\sigma_t^2`,
    uses: [],
    usual: { nSteps: 200, timeGrid: 'linear' },
    fixedTime,
    parameters: PARAMETERS,
    build: (values) => fixedLangevin(values),
    stochastic: () => true,
    step({ space, process, denoise, noiseKey }, { t, x, nfe, x0Hat: before }, tNext) {
      requireTowardsData('Langevin dynamics', t, tNext);
      const kernel = process.kernel(fixedTime);
      if (kernel.sigma === 0) {
        throw new RangeError(`Langevin dynamics needs noise; there is none at t = ${fixedTime}.`);
      }
      const starts = before === null && t === 1;
      const at = starts ? space.combine([spread(kernel) / spread(process.kernel(1)), x]) : x;
      const x0Hat = denoise(at, fixedTime);
      const there = langevinStep(space, kernel, at, x0Hat, stepSize * kernel.sigma ** 2, noiseKey(tNext));
      return { t: tNext, x: there, x0Hat, nfe: nfe + 1, history: [] };
    },
  };
}
