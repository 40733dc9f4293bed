import { expect, it } from 'vitest';
import { jumpOf } from '../../../src/core/exact/jump.ts';
import { reverseConditional } from '../../../src/core/exact/reverseConditional.ts';
import { processes } from '../../../src/core/processes/index.ts';
import { drawnDrift } from '../../../src/families/gaussian/recordings/drift.ts';
import { fromDrawn, shrinkAt } from '../../../src/families/gaussian/recordings/view.ts';
import { smallConfig } from './smallExperiment.ts';
import { askedOf } from './studies/studyOnCpu.ts';

it.each(processes.entries.map(({ id }) => id))(
  'the exact drift of %s is the mean of q(x_s|x_t) less x_t, as drawn',
  async (process) => {
    const { model, experiment } = await askedOf({ ...smallConfig, process });
    const places = Float64Array.of(0.4, -0.3, 1.2, 0.8);
    for (const t of [0.2, 0.7, 1]) {
      const drift = await drawnDrift({ source: 'exact' }, t, places, model, experiment);
      const shrink = shrinkAt(experiment.process, t);
      const unit = shrink * experiment.standardization.scale;
      const x = fromDrawn(experiment.standardization, places, shrink);
      const s = t - 1 / experiment.nChain;
      const jump = jumpOf(experiment.process.kernel(t), experiment.process.kernel(s), 1);
      for (const i of [0, 1]) {
        const at = [x[2 * i]!, x[2 * i + 1]!] as const;
        const { mean } = reverseConditional(experiment.density, jump, at);
        for (const axis of [0, 1] as const) {
          expect(drift[2 * i + axis]).toBeCloseTo(unit * (mean[axis] - at[axis]), 5);
        }
      }
      const learned = await drawnDrift({ source: 'learned' }, t, places, model, experiment);
      expect(learned.every(Number.isFinite)).toBe(true);
    }
  },
);
