import { describe, expect, it } from 'vitest';
import { initialState } from '../../../src/backends/state.ts';
import { createRng } from '../../../src/core/rng.ts';
import type { ExperimentConfig } from '../../../src/experiment/types.ts';
import type { Measurement } from '../../../src/families/family.ts';
import { createExperiment } from '../../../src/families/gaussian/experiment.ts';
import { createMeasurements } from '../../../src/families/gaussian/measurements.ts';
import { standardOf } from '../../../src/families/gaussian/yardstick.ts';
import type { EngineEvent } from '../../../src/protocol/protocol.ts';
import type { Pretrained } from '../../../src/runtime/pretrained.ts';
import { openSimd } from '../../backends/simdInNode.ts';
import { openCpu } from '../../backends/tfjsOnCpu.ts';
import { openModelsOnCpu } from '../../runtime/modelsOnCpu.ts';
import { smallConfig } from './smallExperiment.ts';

let opened = 0;

/** Of a noise that nobody asked for before: nothing is known of its standard yet. */
const freshConfig = (): ExperimentConfig => ({ ...smallConfig, noise: smallConfig.noise + 0.001 * opened++ });

/** How many draws of weights at rest are told together. */
const TOLD_AFTER = [4, 9, 16];
const DRAW_SIZE = 2000;

/** What was found, in order: distances of models, and what was learned of the standard. */
type Finding = { source: string; step: number; distance: number } | 'standard';

/** The measurements of a small model, to be carried out one by one, and all that they find and tell. */
async function openMeasurements(
  pretrained: Pretrained | null = null,
  open = openSimd,
  config = freshConfig(),
) {
  const { models, learn } = await openModelsOnCpu(config, pretrained, 0, open);
  const found: Finding[] = [];
  const told: Extract<EngineEvent, { type: 'quality' }>[] = [];
  const state = { training: true };
  let foundLoss = false;
  let measuredModel: { source: string; step: number } | null = null;
  const measurements = createMeasurements({
    config: () => config,
    training: () => state.training,
    emit: (event) => {
      if (event.type === 'quality') told.push(event);
      if (event.type === 'exactLoss') foundLoss = true;
    },
    models: {
      ...models,
      acquire(which) {
        const acquired = models.acquire(which);
        measuredModel = { source: acquired.model.source, step: acquired.model.step };
        return acquired;
      },
      measured(source, distance) {
        found.push({ ...measuredModel!, distance });
        models.measured(source, distance);
      },
    },
  });

  /** @param patient whether a standard is not broken off after its first step */
  async function carryOut({ start }: Measurement, patient = true): Promise<void> {
    measuredModel = null;
    foundLoss = false;
    for await (const _ of start(() => 1)) {
      if (!measuredModel && !patient) return;
    }
    // No model has a part in the standard, nor in the loss of the exact answer.
    if (!measuredModel && !foundLoss) found.push('standard');
    if (!found.includes('standard')) expect(told).toEqual([]);
  }

  return {
    ...measurements,
    carryOut,
    learn,
    found,
    told,
    /** That of all pairs of true draws. */
    wholeStandard: () => mean(standardOf(createExperiment(config)).distances),
    /** Stops training, and measures until nothing is left. */
    async rest(pick: Pick, patient = true) {
      state.training = false;
      for (let offered = measurements.distances(); offered.length > 0; offered = measurements.distances()) {
        await carryOut(pick(offered), patient);
      }
    },
  };
}

/** Which of the measurements that are offered comes next. */
type Pick = (offered: readonly Measurement[]) => Measurement;

const theFirst: Pick = (offered) => offered[0]!;
const chance = createRng(7);
const orders: [string, Pick][] = [
  ['the first', theFirst],
  ['the last', (offered) => offered.at(-1)!],
  ['any', (offered) => offered[chance.integer(offered.length)]!],
];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const distancesOf = (findings: readonly Finding[]) => findings.filter((one) => one !== 'standard');

describe.each(orders)('where %s measurement that is offered comes next', (_, pick) => {
  it('the own model’s first distance comes before the standard, and the likelihood after it', async () => {
    const { distances, likelihood, carryOut, learn, found, told } = await openMeasurements();
    expect(distances()).toEqual([]);
    for (let turn = 0; turn < 30; turn++) {
      await learn(1);
      expect(likelihood() !== null).toBe(told.length > 0);
      await carryOut(pick(distances()));
    }
    // The first turn went to the loss of the exact answer.
    expect(found[0]).toMatchObject({ source: 'own', step: 2 });
  });

  it('every model is told in turn once there is a standard, and at rest by the whole one', async () => {
    const { distances, carryOut, learn, rest, found, told, wholeStandard } = await openMeasurements();
    for (let turn = 0; turn < 4; turn++) {
      await learn(1);
      for (let i = 0; i < 2 && distances().length > 0; i++) await carryOut(pick(distances()));
    }
    await rest(pick);
    const measured = distancesOf(found);
    expect(new Set(told.map(({ step }) => step))).toEqual(new Set(measured.map(({ step }) => step)));
    expect(told.map(({ step }) => step)).toEqual(told.map(({ step }) => step).sort());
    const last = measured.filter(({ step }) => step === 4);
    expect(last).toHaveLength(TOLD_AFTER.at(-1)!);
    expect(told.at(-1)!.slicedW2.value).toBeCloseTo(mean(last.map(({ distance }) => distance)), 12);
    expect(told.at(-1)!.slicedW2.perfect).toBe(wholeStandard());
  });

  it('at rest, only what is much surer than before is told', async () => {
    const { learn, rest, told } = await openMeasurements();
    await learn(3);
    await rest(pick);
    const draws = told.map(({ samples }) => samples / DRAW_SIZE);
    // The standard may be the last to come.
    expect(TOLD_AFTER.slice(-draws.length)).toEqual(draws);
    for (const [i, { strays, missed, slicedW2 }] of told.entries()) {
      if (i === 0) continue;
      expect(strays.error).toBeLessThan(0.8 * told[i - 1]!.strays.error);
      expect(missed.error).toBeLessThan(0.8 * told[i - 1]!.missed.error);
      expect(slicedW2.error).toBeLessThan(0.9 * told[i - 1]!.slicedW2.error);
    }
  });
});

it('a standard that is broken off again and again is told all the same', async () => {
  const { learn, rest, told, wholeStandard } = await openMeasurements();
  await learn(1);
  await rest(theFirst, false);
  expect(told.at(-1)!.samples).toBe(TOLD_AFTER.at(-1)! * DRAW_SIZE);
  expect(told.at(-1)!.slicedW2.perfect).toBe(wholeStandard());
});

it.each([
  ['simd', openSimd],
  ['tfjs', openCpu],
])('the stand-in is measured once, by the whole standard, on %s', async (_, open) => {
  const config = freshConfig();
  const { weights } = initialState(createExperiment(config));
  const { rest, told, wholeStandard } = await openMeasurements({ config, step: 5, weights }, open, config);
  await rest(theFirst);
  expect(told).toMatchObject([{ source: 'pretrained', step: 5, samples: DRAW_SIZE }]);
  expect(told[0]!.slicedW2.perfect).toBe(wholeStandard());
});
