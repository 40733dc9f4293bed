import { expect, it } from 'vitest';
import { leastLoss } from '../../src/core/leastLoss.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { createRng } from '../../src/core/rng.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import type { Density } from '../../src/core/types.ts';

it('is the posterior variance of ε, known in closed form for a Gaussian', () => {
  const std = 0.7;
  const density: Density = [
    { kind: 'gaussian', weight: 1, mean: [0.3, -0.2], covariance: [std ** 2, 0, std ** 2] },
  ];
  const nChain = 400;
  const process = discreteChain(schedules.get('linear').betas(nChain, { rescale: true }));
  const rng = createRng(5);
  const points = Float64Array.from(
    { length: 20_000 },
    (_, i) => (i % 2 === 0 ? 0.3 : -0.2) + std * rng.normal(),
  );
  // Var(ε|x_t) = α²s²/(α²s² + σ²)
  let expected = 0;
  for (let i = 1; i <= nChain; i++) {
    const { alpha, sigma } = process.kernel(i / nChain);
    expected += (alpha * std) ** 2 / ((alpha * std) ** 2 + sigma ** 2) / nChain;
  }
  const levels = Array.from({ length: nChain }, (_, k) => {
    const { alpha, sigma } = process.kernel((k + 1) / nChain);
    return { t: (k + 1) / nChain, weight: (alpha / sigma) ** 2, share: 1 / nChain };
  });
  // Of a Gaussian, every x_t leaves the same variance.
  expect(leastLoss(points, density, process, levels, 2, createRng(6))).toBeCloseTo(expected, 10);
});
