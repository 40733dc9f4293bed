import { describe, expect, it } from 'vitest';
import { chainTables } from '../../src/core/chain.ts';
import { discreteChain } from '../../src/core/processes/discreteChain.ts';
import { processes } from '../../src/core/processes/index.ts';
import { signalTable } from '../../src/core/processes/signalTable.ts';
import { schedules } from '../../src/core/schedules/index.ts';
import { expectClose } from './golden.ts';

it.each(schedules.entries)('of the $id chain is its own β, ᾱ and ln SNR', ({ betas }) => {
  const chain = chainTables(betas(200, { rescale: true }));
  const table = signalTable(discreteChain(chain.betas), 200);
  expectClose(table.signal, chain.alphasCumprod, { relative: 1e-9 });
  expectClose(table.betas, chain.betas, { relative: 1e-8 });
  expectClose(table.logSnr, chain.snr.map(Math.log), { absolute: 1e-6 });
});

describe.each(processes.entries)('of process $id', ({ build }) => {
  const table = signalTable(build(), 100);

  it('the signal only fades, by the steps of an equivalent chain', () => {
    const { signal, betas, logSnr } = table;
    const start = signal[0]! / (1 - betas[0]!);
    let left = start;
    for (let i = 0; i < 100; i++) {
      expect(betas[i]! > 0 && betas[i]! <= 1).toBe(true);
      expect(logSnr[i]! < (logSnr[i - 1] ?? Infinity)).toBe(true);
      left *= 1 - betas[i]!;
      expectClose([signal[i]!], [left], { relative: 1e-9, absolute: 1e-15 });
      expectClose([1 / (1 + Math.exp(-logSnr[i]!))], [signal[i]!], { relative: 1e-9, absolute: 1e-15 });
    }
  });
});

it('of VE ends where the data, of variance 1, drowns in σ_max', () => {
  const { signal } = signalTable(processes.get('ve').build({ sigmaMax: 10 }), 50);
  expectClose([signal.at(-1)!], [1 / 101], { relative: 1e-12 });
});

it('of rectified flow ends in nothing', () => {
  const { signal, logSnr, betas } = signalTable(processes.get('rectified-flow').build(), 10);
  expect([signal.at(-1), logSnr.at(-1), betas.at(-1)]).toEqual([0, Number.NEGATIVE_INFINITY, 1]);
});

it.each([0, 1.5, Number.NaN])('refuses T = %s', (nSteps) => {
  expect(() => signalTable(processes.get('edm').build(), nSteps)).toThrow(/steps T must be a whole number/);
});
