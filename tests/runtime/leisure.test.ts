import { expect, it } from 'vitest';
import { ddim, smallConfig } from '../families/gaussian/smallExperiment.ts';
import { sessionPerTest, until } from './sessionOnCpu.ts';

/** So long that what comes after the first rest does not come. */
const NEVER = 1e6;

const stand = sessionPerTest(NEVER);
const { of, latest } = stand;

it('tells every number once at full speed, and rests before it makes them surer; who asks is answered at once', async () => {
  await stand.session.start({ ...smallConfig, nPoints: 200, nChain: 20, budgetSteps: 40 });
  await stand.session.watch([ddim]);
  await stand.session.train();
  await until(() => of('quality').some(({ source, step }) => source === 'own' && step === 40), 20_000);
  const told = of('quality').length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(of('quality')).toHaveLength(told);
  const { points } = await stand.session.sample({ sampler: 'ddim', nSteps: 5, n: 20, seed: 3 });
  expect(points).toHaveLength(40);
  await stand.session.train({ steps: 5 });
  await until(() => latest(ddim)?.modelStep === 45);
});
