import { describe, expect, it, vi } from 'vitest';
import { defaultConfig } from '../../../src/experiment/fields.ts';
import { decodeConfig } from '../../../src/experiment/url.ts';
import { createPlayground } from '../../../src/store/playgroundStore.ts';
import { configOfRun, linkOfRun, nameOfRun, type Run } from '../../../src/store/runs/run.ts';
import { createRuns, type RunStorage } from '../../../src/store/runs/runs.ts';
import { createFakeEngine } from '../fakeEngine.ts';

function memory(): RunStorage & { readonly kept: Map<string, Run> } {
  const kept = new Map<string, Run>();
  return {
    kept,
    all: async () => [...kept.values()],
    put: async (run) => void kept.set(run.id, run),
    remove: async (id) => void kept.delete(id),
  };
}

function begin(storage: RunStorage = memory()) {
  const engine = createFakeEngine();
  const playground = createPlayground(engine, { frame: () => Promise.resolve(), autoTrain: false });
  return { engine, playground, runs: createRuns(playground, storage) };
}

/** A round of the likelihood of step 5: a tenth of a bit a round. */
function likelihoodOf(rounds: number) {
  const estimate = { mean: rounds / 10, error: 0.01 };
  const one = new Float32Array(1);
  const losses = { kind: 'loss' as const, times: one, model: one, exact: one };
  return {
    ...{ type: 'likelihood' as const, step: 5, rounds, entropy: estimate, losses },
    flow: { model: estimate, exact: estimate },
    terms: losses,
  };
}

describe('the name of a run', () => {
  it('is made from what differs, and no two are the same', () => {
    const config = {
      ...defaultConfig,
      schedule: 'cosine',
      output: 'eps',
      nChain: 50,
      theme: 'dark',
    } as const;
    expect(nameOfRun(config, [])).toBe('cosine · T 50 · ε');
    expect(nameOfRun(config, ['cosine · T 50 · ε'])).toBe('cosine · T 50 · ε (2)');
    expect(nameOfRun(defaultConfig, [])).toBe('default');
    expect(nameOfRun({ ...defaultConfig, budgetSteps: 600 }, [])).toBe('600 steps');
    expect(nameOfRun({ ...defaultConfig, rescale: false, learnedVariance: true }, [])).toBe(
      'no Scale β by 1000/T · Learned variance',
    );
  });
});

describe('runs', () => {
  it('keep what shaped the model and leave the page’s own as it is', () => {
    const config = { ...defaultConfig, schedule: 'cosine', theme: 'dark', speed: 3 } as const;
    const page = { ...defaultConfig, theme: 'light', dataset: 'moons', speed: 2 } as const;
    expect(configOfRun({ link: linkOfRun(config) }, page)).toEqual({
      ...defaultConfig,
      schedule: 'cosine',
      theme: 'light',
      speed: 2,
    });
  });

  it('of a short chain have a link that can be followed to the letter', () => {
    const link = linkOfRun({ ...defaultConfig, nChain: 20 });
    expect(decodeConfig(link).warnings).toEqual([]);
    const shown = configOfRun({ link }, defaultConfig);
    expect(shown.stages.map((stage) => (stage.kind === 'reverse' ? stage.nSteps : 0))).toEqual([0, 20, 20]);
  });

  it('are kept across visits, shown, and deleted', async () => {
    const storage = memory();
    const first = begin(storage);
    first.playground.actions.set({ schedule: 'cosine' });
    const run = await first.runs.keep();
    expect(run).toMatchObject({ name: 'cosine', step: 5, w2: 0.2, strays: 0.03, bits: null, seconds: 1.5 });
    const later = begin(storage);
    await later.runs.ready;
    expect(later.runs.store.getState().runs).toEqual([run]);
    await later.runs.show(run.id);
    expect(later.engine.restored).toEqual([{ step: 5, weights: Float32Array.of(1, 2), seconds: 1.5 }]);
    expect(later.engine.configs.at(-1)!.schedule).toBe('cosine');
    expect(later.playground.store.getState().config.schedule).toBe('cosine');
    await later.runs.remove(run.id);
    expect(storage.kept.size).toBe(0);
    await expect(later.runs.show(run.id)).rejects.toThrow(/There is no run/);
  });

  it('kept at rest have their bits, which are measured for them; those of a model that learns on have none', async () => {
    const { engine, playground, runs } = begin();
    await playground.ready;
    engine.emit({ type: 'phase', phase: 'paused', step: 5 });
    const kept = runs.keep();
    await vi.waitFor(() => expect(engine.likelihoodWanted.at(-1)).toBe(true));
    for (const rounds of [1, 4]) engine.emit(likelihoodOf(rounds));
    expect((await kept).bits).toBe(0.4);
    await vi.waitFor(() => expect(engine.likelihoodWanted.at(-1)).toBe(false));
    engine.emit({ type: 'phase', phase: 'training', step: 5 });
    expect((await runs.keep()).bits).toBeNull();
  });

  it('are kept before they are measured, and stay where that is cut off or they are deleted meanwhile', async () => {
    const storage = memory();
    const { engine, playground, runs } = begin(storage);
    await playground.ready;
    engine.emit({ type: 'phase', phase: 'paused', step: 5 });
    const kept = runs.keep();
    await vi.waitFor(() => expect(engine.likelihoodWanted.at(-1)).toBe(true));
    const [early] = [...storage.kept.values()];
    expect(early).toMatchObject({ name: 'default', step: 5, w2: 0.2, bits: null });
    expect(runs.store.getState().measuring).toBe(early!.id);
    await runs.remove(early!.id);
    engine.emit(likelihoodOf(4));
    expect((await kept).bits).toBe(0.4);
    expect(storage.kept.size).toBe(0);
    expect(runs.store.getState()).toEqual({ runs: [], measuring: null });

    engine.interrupts.add('quality');
    expect(await runs.keep('cut off')).toMatchObject({ name: 'cut off', w2: null, strays: null, bits: null });
    engine.interrupts.clear();
    engine.broken.add('quality');
    await expect(runs.keep('broken')).rejects.toThrow('quality is broken');
    expect([...storage.kept.values()].map(({ name }) => name)).toEqual(['cut off', 'broken']);
    expect(runs.store.getState().measuring).toBeNull();
  });

  it('are the same after a file, and a file that is broken changes nothing and says why', async () => {
    const { runs } = begin();
    const run = await runs.keep('mine');
    const text = runs.export(run.id);
    const again = await runs.import(new Blob([text]));
    expect(again).toEqual({ ...run, name: 'mine (imported)', id: again.id, kept: again.kept });
    const broken = (change: object) => JSON.stringify({ ...(JSON.parse(text) as object), ...change });
    for (const [file, message] of [
      [text.slice(0, 50), /not JSON, or was cut off/],
      ['{}', /its format is missing/],
      [broken({ step: -1 }), /its step is missing or not/],
      [broken({ weights: 'AAAA' }), /cut off/],
      [broken({ weights: 'AADAfw==' }), /not all finite/],
      [broken({ link: 'b=round' }), /experiment of this run cannot be read/],
      [broken({ link: 'wo=bits' }), /another world/],
      [broken({ weights: btoa('abcdefghijkl') }), /3 in the place of 2/],
      [broken({ step: 1e12 }), /its step is missing or not/],
      [broken({ curve: { steps: [1, 2], losses: [1] } }), /its curve is missing or not/],
    ] as const) {
      await expect(runs.import(file)).rejects.toThrow(message);
    }
    expect(runs.store.getState().runs).toHaveLength(2);
  });

  it('have names that are texts, and none has that of another', async () => {
    const { runs } = begin();
    for (const name of ['', '   ', 'n'.repeat(101), 5 as unknown as string]) {
      await expect(runs.keep(name)).rejects.toThrow('a text of 1 to 100 letters');
    }
    const names = [await runs.keep(' same '), await runs.keep('same')].map(({ name }) => name);
    const text = runs.export(runs.store.getState().runs[0]!.id);
    names.push((await runs.import(text)).name, (await runs.import(text)).name);
    expect(names).toEqual(['same', 'same (2)', 'same (imported)', 'same (imported) (2)']);
  });

  it('whose weights do not fit are refused before anything is changed', async () => {
    const storage = memory();
    const kept = await begin(storage).runs.keep();
    storage.kept.set(kept.id, { ...kept, weights: new Float32Array(3), link: 'sc=cosine' });
    const { engine, playground, runs } = begin(storage);
    await runs.ready;
    await expect(runs.show(kept.id)).rejects.toThrow('3 in the place of 2');
    expect(engine.restored).toEqual([]);
    expect(playground.store.getState().config.schedule).toBe(defaultConfig.schedule);
  });

  it('that the device cannot keep are there until the page is left, and it says so', async () => {
    const { runs, playground } = begin({
      all: () => Promise.reject(new Error('blocked')),
      put: () => Promise.reject(new Error('blocked')),
      remove: async () => undefined,
    });
    await runs.keep();
    expect(runs.store.getState().runs).toHaveLength(1);
    expect(playground.store.getState().notices.at(-1)!.message).toMatch(/keeps no data/);
  });
});
