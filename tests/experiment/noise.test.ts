import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { drawnSchedule } from '../../src/core/schedules/drawn.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { defaultConfig, FIELDS } from '../../src/experiment/fields.ts';
import { isLearned, learnedScheduleOf, learnInPieces } from '../../src/experiment/learnedSchedule.ts';
import { aboutSchedule, betasOf, processOf, scheduleChoices } from '../../src/experiment/noise.ts';
import { parametersCodec } from '../../src/experiment/parametersCodec.ts';
import { configs } from './arbitraries.ts';

it('every schedule that the field allows is described, and the other way round', () => {
  expect(scheduleChoices.map(({ id }) => id)).toEqual(FIELDS.schedule.codec.choices);
  for (const { id, label, summary, equation } of scheduleChoices) {
    expect(aboutSchedule(id).label).toBe(label);
    expect(summary).toMatch(/\.$/);
    expect(equation).toContain('\\');
  }
});

it('any config has a chain of T betas, and a process', () => {
  fc.assert(
    fc.property(configs, (config) => {
      const { betas } = chainTables(betasOf(config));
      expect(betas).toHaveLength(config.nChain);
      const { alpha, sigma } = processOf(config).kernel(0.5);
      expect(alpha > 0 && sigma > 0).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it.each(schedules.entries)('schedule $id of the registry is the one in force', ({ id, betas }) => {
  const config = { ...defaultConfig, schedule: id, nChain: 77, rescale: false };
  expect(betasOf(config)).toEqual(betas(77, { rescale: false }));
});

it('the drawn schedule goes through the drawn points', () => {
  const config = {
    ...defaultConfig,
    schedule: 'drawn',
    nChain: 100,
    drawnSchedule: [0.25, 0.6, 0.5, 0.55, 1, 0.02],
  };
  const { alphasCumprod } = chainTables(betasOf(config));
  const [atQuarter, atHalf, atEnd] = [alphasCumprod[24]!, alphasCumprod[49]!, alphasCumprod[99]!];
  expect([atQuarter, atHalf, atEnd].map((value) => Number(value.toFixed(12)))).toEqual([0.6, 0.55, 0.02]);
  const drawn = drawnSchedule(
    [
      { t: 0, value: 1 },
      { t: 0.25, value: 0.6 },
      { t: 0.5, value: 0.55 },
      { t: 1, value: 0.02 },
    ],
    'alpha-bar',
  );
  expect(betasOf(config)).toEqual(drawn.betas(100));
});

it('the learned schedule belongs to the data, is fitted once, and ends in noise', () => {
  const moons = { ...defaultConfig, dataset: 'moons', schedule: 'learned' };
  const custom = { ...moons, dataset: 'custom', customPoints: [0, 0, 1, 1, 2, 0] };
  expect(learnedScheduleOf(moons)).toBe(learnedScheduleOf({ ...moons }));
  expect(learnedScheduleOf(moons)).not.toBe(learnedScheduleOf({ ...moons, noise: 2 }));
  expect(betasOf(custom)).not.toEqual(betasOf(moons));
  for (const config of [moons, custom]) {
    expect(chainTables(betasOf(config)).alphasCumprod.at(-1)).toBeLessThan(0.01);
  }
});

it('the learned schedule can be fitted in pieces, and is then at hand', () => {
  const data = { ...defaultConfig, dataset: 'rings', noise: 1.7, schedule: 'learned' };
  expect(isLearned(data)).toBe(false);
  let pieces = 0;
  for (const _ of learnInPieces(data)) pieces++;
  expect(pieces).toBeGreaterThan(100);
  expect(isLearned(data)).toBe(true);
  expect(learnInPieces(data).next()).toEqual({ done: true, value: learnedScheduleOf(data) });
});

it('zero terminal SNR ends every schedule in noise, and leaves one that does as it is', () => {
  for (const { id } of scheduleChoices) {
    for (const rescale of [true, false]) {
      const config = { ...defaultConfig, schedule: id, rescale };
      const plain = chainTables(betasOf(config));
      const moved = chainTables(betasOf({ ...config, zeroTerminalSnr: true }));
      const end = moved.alphasCumprod.at(-1)!;
      expect(end > 0 && end < 1.001e-6).toBe(true);
      expect(moved.betas[0]).toBeCloseTo(plain.betas[0]!, 12);
      if (plain.alphasCumprod.at(-1)! < 1e-6) expect(moved.betas).toEqual(plain.betas);
    }
  }
});

it('the linear schedule goes from β to β as asked, keeps both for when it is left, and is DDPM’s unasked', () => {
  const parameters = { 'schedule.linear.first': 0.001, 'schedule.linear.last': 0.05 };
  const config = { ...defaultConfig, schedule: 'linear', nChain: 500, rescale: false, parameters };
  const betas = betasOf(config);
  expect([betas[0], betas.at(-1)]).toEqual([0.001, 0.05]);
  expect(betas[250]! - betas[249]!).toBeCloseTo((0.05 - 0.001) / 499, 12);
  expect(betasOf({ ...config, rescale: true })).toEqual(betas.map((beta) => 2 * beta));
  const falling = betasOf({
    ...config,
    parameters: { 'schedule.linear.first': 0.1, 'schedule.linear.last': 0.01 },
  });
  expect(falling[0]).toBeGreaterThan(falling.at(-1)!);
  const away = { ...config, schedule: 'cosine' };
  expect(betasOf(away)).toEqual(betasOf({ ...away, parameters: {} }));
  for (const rescale of [false, true]) {
    const plain = { ...config, rescale, parameters: {} };
    const written = { 'schedule.linear.first': 1e-4, 'schedule.linear.last': 0.02 };
    expect(betasOf({ ...plain, parameters: written })).toEqual(betasOf(plain));
    expect(parametersCodec.format(written)).toBe('');
  }
});

it('β from and to travel in links, and out of range are told', () => {
  const written = 'schedule.linear.first:0.001~schedule.linear.last:0.05';
  const { value, warnings } = parametersCodec.parse(written, 'Parameters', {});
  expect(value).toEqual({ 'schedule.linear.first': 0.001, 'schedule.linear.last': 0.05 });
  expect(warnings).toEqual([]);
  expect(parametersCodec.format(value)).toBe(written);
  const beyond = parametersCodec.parse('schedule.linear.last:3', 'Parameters', {});
  expect(beyond.value).toEqual({ 'schedule.linear.last': 0.2 });
  expect(beyond.warnings).toHaveLength(1);
  expect(() => parametersCodec.check({ 'schedule.linear.first': 0 }, 'parameters')).toThrow(
    /schedule.linear.first/,
  );
  expect(() => parametersCodec.check({ 'schedule.cosine.first': 0.1 }, 'parameters')).toThrow(/unknown/);
});
