import { describe, expect, it, vi } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { type DiffusionPlaygroundApi, installPageApi } from '../../src/store/pageApi.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { createFakeEngine, fakeQuality } from './fakeEngine.ts';

function begin() {
  const engine = createFakeEngine();
  const playground = createPlayground(engine, { frame: () => Promise.resolve(), autoTrain: false });
  const page: { diffusionPlayground?: DiffusionPlaygroundApi } = {};
  const uninstall = installPageApi(playground, page);
  return { api: page.diffusionPlayground!, engine, playground, page, uninstall };
}

/** Calls as untyped programs make them. */
const untyped = (api: DiffusionPlaygroundApi) =>
  api as unknown as Record<
    'train' | 'race' | 'roundTrip' | 'likelihood' | 'sample' | 'quality' | 'score' | 'data' | 'configure',
    (request?: unknown) => Promise<unknown>
  >;

describe('the page API', () => {
  it('says what runs', async () => {
    expect(await begin().api.ready).toEqual({ engine: 'fake', backend: 'cpu', adapter: null });
  });

  it('hands out copies of the experiment', () => {
    const { api } = begin();
    const config = api.config();
    expect(config).toEqual(defaultConfig);
    (config as { width: number }).width = 1;
    expect(api.config()).toEqual(defaultConfig);
  });

  it('resolves a change when the engine has taken it in', async () => {
    const { api, engine } = begin();
    const config = await api.configure({ dataset: 'moons', nChain: 15 });
    expect(config).toMatchObject({ dataset: 'moons', nChain: 15 });
    expect(engine.configs.at(-1)).toEqual(config);
  });

  it('takes its own answer back', async () => {
    const { api } = begin();
    expect(await api.configure({ ...api.config(), nChain: 100 })).toMatchObject({ nChain: 100 });
  });

  it('rejects a bad field by name and changes nothing, not even the good ones beside it', async () => {
    const { api, engine, playground } = begin();
    await api.ready;
    await expect(api.configure({ width: 32, nChain: 9e9 })).rejects.toThrow(
      'nChain = 9000000000 is above 1000; allowed: a whole number from 10 to 1000.',
    );
    await expect(untyped(api).configure(undefined)).rejects.toThrow('patch = undefined is not an object');
    expect(api.config()).toEqual(defaultConfig);
    expect(engine.calls).not.toContain('configure');
    expect(playground.store.getState().notices).toEqual([]);
  });

  it('keeps what is of Points to itself while the page is in another world', async () => {
    const { api, playground } = begin();
    playground.store.setState(({ config }) => ({ config: { ...config, world: 'bits' } }));
    const asks = [
      api.importPoints('0,1\n2,3\n4,0\n'),
      api.sample({ sampler: 'ddim', nSteps: 10, n: 5, seed: 1 }),
      api.data({ n: 5, seed: 1 }),
      api.runs.keep(),
    ];
    for (const asked of asks)
      await expect(asked).rejects.toThrow(/of the world Points, and the page is in bits/);
    expect(api.config().dataset).toBe(defaultConfig.dataset);
  });

  it('finds a world as it was left, however it was left', async () => {
    const { api, playground } = begin();
    playground.actions.set({ world: 'bits', worldSettings: { T: '50' } });
    await api.configure({ world: 'points' });
    expect(playground.store.getState().config.worldSettings).toEqual({});
    expect(playground.settingsOf('bits')).toEqual({ T: '50' });
    expect(playground.settingsOf('words')).toEqual({});
    playground.actions.setWorld('bits');
    expect(playground.store.getState().config.worldSettings).toEqual({ T: '50' });
  });

  it('rejects when the engine cannot take the change in', async () => {
    const { api, engine } = begin();
    engine.broken.add('configure');
    await expect(api.configure({ backend: 'webgl' })).rejects.toThrow('configure is broken');
  });

  it('trains by steps or by seconds', async () => {
    const { api, engine } = begin();
    expect(await api.train({ steps: 10 })).toEqual({ step: 5, loss: 0.5, seconds: 0.1 });
    await api.train({ seconds: 0.5 });
    expect(engine.budgets).toEqual([{ steps: 10 }, { seconds: 0.5 }]);
  });

  it('samples, and lets DDPM take the whole chain unless told', async () => {
    const { api, engine } = begin();
    const request = { sampler: 'ddim', nSteps: 20, n: 3, seed: 1, eta: 0.5, frames: 5 };
    const { points, nfe } = await api.sample(request);
    expect(points).toHaveLength(6);
    expect(nfe).toBe(20);
    expect(engine.samples[0]).toMatchObject(request);
    await untyped(api).sample({ sampler: 'ddpm', n: 1, seed: 1 });
    expect(engine.samples[1]!.nSteps).toBe(200);
    await api.sample({ sampler: 'ddpm', nSteps: 10, n: 1, seed: 1 });
    expect(engine.samples[2]!.nSteps).toBe(10);
  });

  it('measures quality as the page does, or by another sampler', async () => {
    const { api, engine } = begin();
    expect(await api.quality()).toMatchObject({ step: 3, source: 'own', samples: 8000, ...fakeQuality });
    await api.quality({ n: 500, draws: 2, seed: 7, denoiser: 'exact' });
    await untyped(api).quality({ sampler: 'ddpm' });
    await api.quality({ sampler: 'ddim', nSteps: 50, timeGrid: 'quadratic' });
    const set = {
      eta: 0.5,
      clip: 'limit',
      tweedie: false,
      variance: 'beta',
      parameters: { sChurn: 2 },
    } as const;
    await api.quality({ sampler: 'heun', nSteps: 9, ...set });
    const asked = engine.qualities.map((request) => JSON.parse(JSON.stringify(request)) as unknown);
    expect(asked).toEqual([
      {},
      { n: 500, draws: 2, seed: 7, denoiser: 'exact' },
      { sampler: 'ddpm', timeGrid: 'linear', nSteps: 200 },
      { sampler: 'ddim', timeGrid: 'quadratic', nSteps: 50 },
      { sampler: 'heun', timeGrid: 'linear', nSteps: 9, ...set },
    ]);
  });

  it('races samplers by their ids or with settings, and leaves nobody listening', async () => {
    const { api, engine } = begin();
    const listeners = engine.listeners();
    await api.race({ samplers: ['ddim', { sampler: 'heun', timeGrid: 'karras' }], nSteps: [20, 10, 10] });
    const asked: unknown = JSON.parse(JSON.stringify(engine.studies[0]!.request));
    expect(asked).toEqual({
      samplers: [{ sampler: 'ddim' }, { sampler: 'heun', timeGrid: 'karras' }],
      nSteps: [10, 20],
      denoisers: ['learned', 'exact'],
      n: 2000,
      seed: 1,
    });
    await api.race({ samplers: ['rk45'], denoisers: ['exact'] });
    expect(engine.studies[1]!.request).toMatchObject({ nSteps: [], denoisers: ['exact'] });
    expect(engine.listeners()).toBe(listeners);
    await expect(api.race({ samplers: ['rk45'] }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('does not take the caller’s points away', async () => {
    const { api } = begin();
    const points = new Float32Array([1, 2]);
    expect(await api.score({ t: 0.5, points, source: 'exact' })).not.toBe(points);
    expect(await api.score({ t: 0.5, points: [1, 2], source: 'exact' })).toEqual(points);
  });

  const sample = { sampler: 'ddim', nSteps: 20, n: 3, seed: 1 };
  it.each([
    ['race', undefined, 'race = undefined is not an object'],
    ['race', { samplers: [] }, 'samplers has 0 items'],
    ['race', { samplers: ['nobody'], nSteps: [1] }, 'samplers[0] = "nobody"'],
    ['race', { samplers: ['ddim'] }, 'nSteps = undefined is not a list'],
    ['race', { samplers: ['ddim'], nSteps: [401] }, 'nSteps[0] = 401 is above 2T = 400'],
    ['race', { samplers: ['ddpm'], nSteps: [201] }, 'DDPM undoes the steps of the chain'],
    ['race', { samplers: [{ sampler: 'ddim', denoiser: 'exact' }], nSteps: [2] }, 'samplers[0].denoiser'],
    ['race', { samplers: ['ddim'], nSteps: [2], n: 3 }, 'n = 3 is below 100'],
    ['race', { samplers: Array(50).fill('ddim'), nSteps: [1, 2, 3] }, 'has 300 runs'],
    ['likelihood', undefined, 'likelihood = undefined is not an object'],
    ['likelihood', {}, 'points = undefined is not an array'],
    ['likelihood', { points: [0, 0, 1] }, 'points has 3 numbers'],
    ['likelihood', { points: Array(20_002).fill(0) }, 'points has 20002 numbers'],
    ['likelihood', { points: [0, Number.NaN] }, 'points[1] = NaN is not a finite number'],
    ['likelihood', { points: [0, 0], t: 1 }, 'likelihood.t is unknown'],
    ['train', undefined, 'train = undefined is not an object'],
    ['roundTrip', { nSteps: [] }, 'nSteps has 0 items'],
    ['roundTrip', { sampler: 'nobody' }, 'sampler = "nobody"'],
    ['roundTrip', { n: 5 }, 'n = 5 is below 50'],
    ['train', {}, 'needs one budget'],
    ['train', { steps: 1, seconds: 1 }, 'needs one budget'],
    ['train', { steps: 0 }, 'steps = 0 is below 1'],
    ['train', { steps: Number.NaN }, 'steps = NaN is not a finite number'],
    ['train', { seconds: -1 }, 'seconds = -1 is below'],
    ['train', { epochs: 3 }, 'train.epochs is unknown'],
    ['sample', { ...sample, sampler: 'magic' }, 'sampler = "magic" is unknown; allowed: one of ddpm, ddim'],
    ['sample', { ...sample, nSteps: 401 }, 'nSteps = 401 is above 2T = 400'],
    [
      'sample',
      { ...sample, sampler: 'ddpm', nSteps: 201 },
      'above T = 200: DDPM undoes the steps of the chain',
    ],
    ['sample', { ...sample, nSteps: 0 }, 'nSteps = 0 is below 1'],
    ['sample', { ...sample, nSteps: undefined }, 'nSteps = undefined is not a finite number'],
    ['sample', { ...sample, n: 100_001 }, 'n = 100001 is above 100000'],
    ['sample', { ...sample, n: 1.5 }, 'n = 1.5 is not a whole number'],
    ['sample', { ...sample, seed: Number.POSITIVE_INFINITY }, 'seed = Infinity is not a finite number'],
    ['sample', { ...sample, eta: 2 }, 'eta = 2 is above 1'],
    ['sample', { ...sample, frames: 1 }, 'frames = 1 is below 2'],
    ['sample', { ...sample, n: 100_000, frames: 1000 }, 'are too many'],
    ['sample', { ...sample, steps: 3 }, 'sample.steps is unknown'],
    ['quality', { n: 50 }, 'n = 50 is below 100'],
    ['quality', { draws: 101 }, 'draws = 101 is above 100'],
    ['quality', { sampler: 'ddim' }, 'nSteps is missing'],
    ['quality', { nSteps: 401 }, 'nSteps = 401 is above 2T = 400'],
    ['quality', { timeGrid: 'square' }, 'timeGrid = "square" is unknown'],
    ['quality', { denoiser: 'best' }, 'denoiser = "best" is unknown'],
    ['quality', { eta: 1 }, 'eta is given without a sampler'],
    ['quality', { sampler: 'ddim', nSteps: 9, eta: 2 }, 'eta = 2 is above 1'],
    ['quality', { guidance: 1 }, 'quality.guidance is unknown'],
    ['score', { t: 0, points: [0, 0], source: 'exact' }, 't = 0 is below 0.000001'],
    ['score', { t: 2, points: [0, 0], source: 'exact' }, 't = 2 is above 1'],
    ['score', { t: 0.5, points: [0], source: 'exact' }, 'points has 1 numbers'],
    ['score', { t: 0.5, points: [], source: 'exact' }, 'points has 0 numbers'],
    ['score', { t: 0.5, points: 'ab', source: 'exact' }, 'points = "ab" is not an array'],
    ['score', { t: 0.5, points: [0, Number.NaN], source: 'exact' }, 'points[1] = NaN is not a finite number'],
    ['score', { t: 0.5, points: [0, '1'], source: 'exact' }, 'points[1] = "1" is not a finite number'],
    ['score', { t: 0.5, points: [0, 0], source: 'guess' }, 'source = "guess" is unknown'],
    ['data', { n: 0, seed: 1 }, 'n = 0 is below 1'],
    ['data', { n: 10 }, 'seed = undefined is not a finite number'],
  ] as const)('%s(%j) is rejected', async (name, request, message) => {
    const { api, engine } = begin();
    await api.ready;
    await expect(untyped(api)[name](request)).rejects.toThrow(message);
    expect(engine.calls).not.toContain(name);
  });

  it('tells listeners until they stop, and leaves none behind', async () => {
    const { api, engine, playground } = begin();
    const before = engine.listeners();
    const phases: string[] = [];
    const widths: number[] = [];
    const stops = [
      api.on('phase', ({ phase }) => phases.push(phase)),
      api.on('config', ({ width }) => widths.push(width)),
    ];
    engine.emit({ type: 'phase', phase: 'training', step: 0 });
    engine.emit({ type: 'problem', problem: { code: 'internal', message: '', advice: '' } });
    await api.configure({ width: 20 });
    for (const stop of stops) stop();
    engine.emit({ type: 'phase', phase: 'paused', step: 1 });
    playground.actions.set({ width: 30 });
    expect(phases).toEqual(['training']);
    expect(widths).toEqual([20]);
    expect(engine.listeners()).toBe(before);
  });

  it('refuses events and listeners that there are not', () => {
    const { api } = begin();
    expect(() => api.on('nonsense' as 'phase', () => {})).toThrow('event = "nonsense" is unknown');
    expect(() => api.on('phase', 'me' as unknown as () => void)).toThrow('listener is missing');
  });

  it('does not let a guest’s mistake spread', () => {
    const { api, engine, playground } = begin();
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    api.on('phase', () => {
      throw new Error('oops');
    });
    engine.emit({ type: 'phase', phase: 'training', step: 7 });
    vi.unstubAllGlobals();
    expect(reported).toHaveBeenCalledOnce();
    expect(playground.store.getState().step).toBe(7);
  });

  it('can be taken off the page', () => {
    const { page, uninstall } = begin();
    uninstall();
    expect('diffusionPlayground' in page).toBe(false);
  });
});
