import { describe, expect, it } from 'vitest';
import type { BudgetResult } from '../../src/protocol/studies.ts';
import { budgetAdvice } from '../../src/store/budgetAdvice.ts';
import { newStage } from '../../src/views/index.ts';

const stage = { ...newStage.reverse, id: 1, nSteps: 20 };
const config = { nChain: 200, zeroTerminalSnr: false };
const errors = { prior: 0.01, network: 0.01, solver: 0.01, guidance: 0.01, condition: 0.01, total: 0.01 };
const found = (
  parts: Pick<BudgetResult, 'prior' | 'network' | 'solver'> &
    Partial<Pick<BudgetResult, 'guidance' | 'condition'>>,
): BudgetResult => {
  const { guidance = 0, condition = 0 } = parts;
  const total = parts.prior + parts.network + parts.solver + guidance + condition;
  return { ...parts, guidance, condition, total, errors, distance: total + 0.1, perfect: 0.1, draws: 4 };
};

describe('the advice of a budget', () => {
  it.each([
    [20, '20 → 50 steps'],
    [50, '50 → 100 steps'],
    [30, '30 → 100 steps'],
    [150, '150 → 200 steps'],
    [200, '200 → 400 steps'],
    [1, '1 → 2 steps'],
  ])('is more steps where it is the solver: of %i, %s', (nSteps, label) => {
    const advice = budgetAdvice(found({ prior: 0, network: 0.1, solver: 0.3 }), { ...stage, nSteps }, config);
    expect(advice.sentence).toBe(`Most of it is the solver: ${label}.`);
    expect(advice.act).toMatchObject({ label });
  });

  it('is training, or a schedule that ends in noise', () => {
    const network = budgetAdvice(found({ prior: 0, network: 0.3, solver: 0.1 }), stage, config);
    expect(network).toMatchObject({ part: 'network', act: { trains: true } });
    const prior = budgetAdvice(found({ prior: 0.2, network: 0.18, solver: 0.1 }), stage, config);
    expect(prior).toMatchObject({ part: 'prior', act: { config: { zeroTerminalSnr: true } } });
    expect(prior.sentence).toMatch(/^The largest part is the start/);
  });

  it('is no guidance where that is most of it', () => {
    const guided = budgetAdvice(found({ prior: 0, network: 0.1, solver: 0, guidance: 0.4 }), stage, config);
    expect(guided).toMatchObject({ part: 'guidance', act: { stage: { guidance: 0 } } });
    expect(guided.sentence).toMatch(/^Most of it is guidance, .*: guide by w = 0\.$/);
  });

  it.each([
    [{ kind: 'known', angle: 0, value: 0, way: 'projection', repeats: 5 }, { way: 'exact' }],
    [{ kind: 'class', index: 1, scale: 3, way: 'exact', algorithm: 2, at: 'mean' }, { scale: 1 }],
    [
      { kind: 'class', index: 1, scale: 1, way: 'classifier', algorithm: 1, at: 'mean' },
      { way: 'exact', algorithm: 2 },
    ],
  ] as const)('is an exact way where %j is most of it', (condition, change) => {
    const blamed = found({ prior: 0, network: 0.1, solver: 0, condition: 0.4 });
    const advice = budgetAdvice(blamed, { ...stage, condition }, config);
    expect(advice).toMatchObject({
      part: 'condition',
      act: { stage: { condition: { ...condition, ...change } } },
    });
    expect(advice.sentence).toMatch(
      /^Most of it is the way in which the condition is kept: (guide exactly|s = 1)\.$/,
    );
  });

  it('is none where nothing is to blame beyond chance, and none that cannot be set', () => {
    expect(budgetAdvice(found({ prior: 0, network: 0.01, solver: 0 }), stage, config).part).toBeNull();
    const whole = budgetAdvice(
      found({ prior: 0, network: 0, solver: 0.3 }),
      { ...stage, nSteps: 400 },
      config,
    );
    expect(whole).toMatchObject({ part: 'solver', act: null, sentence: 'Most of it is the solver.' });
  });
});
