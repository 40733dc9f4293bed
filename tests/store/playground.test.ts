import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/experiment/fields.ts';
import { EngineError } from '../../src/protocol/errors.ts';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import { newStage } from '../../src/views/index.ts';
import { createFakeEngine, fieldRecording, info, qualityOf } from './fakeEngine.ts';

/** The default with a score beside its stages. */
const config = { ...defaultConfig, stages: [...defaultConfig.stages, { ...newStage.score, id: 4 }] };

/** A playground on a fake engine that has started; frames come when the test says so. */
async function begin(options: { autoTrain?: boolean } = {}) {
  const engine = createFakeEngine();
  let release: (() => void)[] = [];
  const frame = () => new Promise<void>((resolve) => release.push(resolve));
  const playground = createPlayground(engine, { config, frame, ...options });
  await playground.ready;
  await Promise.resolve();
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const nextFrame = async () => {
    await turn();
    const waiting = release;
    release = [];
    for (const resolve of waiting) resolve();
    await turn();
  };
  return { ...playground, engine, nextFrame, state: () => playground.store.getState() };
}

const progress = (step: number, count = 1) => ({
  type: 'progress' as const,
  step,
  stepsPerSecond: 100,
  steps: Float32Array.from({ length: count }, (_, i) => step - count + 1 + i),
  losses: new Float32Array(count).fill(0.5),
  previewShare: 0.05,
});

describe('a playground', () => {
  it('starts the engine, says what to watch, and trains', async () => {
    const { engine, ready } = await begin();
    expect(await ready).toBe(info);
    expect(engine.calls).toEqual(['start', 'watch', 'train']);
    expect(engine.configs).toEqual([config]);
    expect(engine.watched[0]!.map(({ kind }) => kind)).toEqual(['forward', 'reverse', 'reverse', 'score']);
  });

  it('gives S back when a hand has moved T down and up again, unless anything else was changed', async () => {
    const { actions, state } = await begin();
    const stages = () => state().config.stages;
    const own = stages();
    const steps = () => stages().flatMap((stage) => ('nSteps' in stage ? [stage.nSteps] : []));
    actions.slide({ nChain: 100 });
    for (const nChain of [50, 20, 10]) actions.slide({ nChain });
    expect(Math.max(...steps())).toBe(10);
    actions.slide({ nChain: 60 });
    actions.slide({ nChain: defaultConfig.nChain });
    expect(stages()).toEqual(own);
    expect(steps()).not.toContain(10);
    actions.slide({ nChain: 10 });
    actions.set({ seed: 7 });
    actions.slide({ nChain: defaultConfig.nChain });
    expect(steps()).toContain(10);
    expect(state().config).toMatchObject({ seed: 7, nChain: defaultConfig.nChain });
  });

  it('trains only when it is to', async () => {
    const { engine } = await begin({ autoTrain: false });
    expect(engine.calls).toEqual(['start', 'watch']);
  });

  it('shows what the engine says', async () => {
    const { engine, state } = await begin();
    engine.emit({ type: 'engine', info });
    engine.emit({ type: 'phase', phase: 'training', step: 0 });
    engine.emit(progress(3, 3));
    engine.emit(qualityOf('own', 3));
    expect(state()).toMatchObject({
      engine: info,
      phase: 'training',
      step: 3,
      stepsPerSecond: 100,
    });
    expect(state().loss.steps).toEqual([1, 2, 3]);
    expect(state().ownQuality.map(({ step }) => step)).toEqual([3]);
    engine.emit({ type: 'phase', phase: 'converged', step: 4 });
    expect(state()).toMatchObject({ phase: 'converged', step: 4, stepsPerSecond: 0 });
  });

  it('keeps the pretrained network’s distance off the curve of the person’s own', async () => {
    const { engine, state } = await begin();
    engine.emit(qualityOf('pretrained', 0));
    expect(state().ownQuality).toEqual([]);
  });

  it('learns from recordings, not from measurements, whose samples are shown', async () => {
    const { engine, state } = await begin();
    engine.emit({ type: 'recording', recording: { ...fieldRecording('any'), source: 'pretrained' } });
    engine.emit(qualityOf('own', 3));
    expect(state().modelSource).toBe('pretrained');
  });

  it('wakes nobody for a recording that says nothing new of the model', async () => {
    const { engine, store, state } = await begin();
    let woken = 0;
    store.subscribe(() => woken++);
    for (let i = 0; i < 5; i++) engine.emit({ type: 'recording', recording: fieldRecording('any') });
    expect(woken).toBe(1);
    expect(state().modelSource).toBe('own');
  });

  it('sends the changes of a frame together, the latest of each', async () => {
    const { engine, actions, nextFrame } = await begin();
    for (let width = 8; width <= 100; width++) actions.set({ width });
    actions.set({ depth: 2 });
    await nextFrame();
    expect(engine.configs).toHaveLength(2);
    expect(engine.configs[1]).toMatchObject({ width: 100, depth: 2 });
  });

  it('sends what changed while the engine was busy with the last change', async () => {
    const { engine, actions, nextFrame, settled } = await begin();
    actions.set({ width: 8 });
    const done = settled();
    const configure = engine.configure;
    engine.configure = async (config) => {
      engine.configure = configure;
      actions.set({ width: 9 });
      return configure(config);
    };
    await nextFrame();
    await nextFrame();
    await done;
    expect(engine.configs.map(({ width }) => width)).toEqual([64, 8, 9]);
  });

  it('does not bother the engine with the look of the page', async () => {
    const { engine, actions, nextFrame, settled } = await begin();
    actions.set({ time: 0.5, theme: 'dark', panel: 'model', loop: false, speed: 2, overlays: ['cosine'] });
    await nextFrame();
    await settled();
    expect(engine.calls).toEqual(['start', 'watch', 'train']);
  });

  it('throws away what a change makes worthless, and trains on', async () => {
    const { engine, actions, nextFrame, state } = await begin();
    engine.emit({ type: 'phase', phase: 'converged', step: 10 });
    engine.emit(progress(10, 10));
    actions.set({ learningRate: 0.01 });
    await nextFrame();
    expect(state().loss.steps).toHaveLength(10);
    expect(engine.calls.filter((call) => call === 'train')).toHaveLength(1);
    actions.setDataset('moons');
    await nextFrame();
    expect(state()).toMatchObject({ step: 0, quality: null, modelSource: null });
    expect(state().loss.steps).toEqual([]);
    expect(engine.calls.filter((call) => call === 'train')).toHaveLength(2);
  });

  it('does not train on what the person has paused, until they say so', async () => {
    const { engine, actions, nextFrame } = await begin();
    await actions.pause();
    actions.setDataset('moons');
    await nextFrame();
    expect(engine.calls).toEqual(['start', 'watch', 'train', 'pause', 'configure']);
    await actions.train();
    actions.setDataset('rings');
    await nextFrame();
    expect(engine.calls.slice(5)).toEqual(['train', 'configure', 'train']);
  });

  it('toggles, steps once, resets and restarts', async () => {
    const { engine, actions, state } = await begin();
    const calls = async (act: () => Promise<void>) => {
      const from = engine.calls.length;
      await act();
      return engine.calls.slice(from);
    };
    engine.emit({ type: 'phase', phase: 'training', step: 1 });
    expect(await calls(actions.toggle)).toEqual(['pause']);
    engine.emit({ type: 'phase', phase: 'training', step: 1 });
    expect(await calls(actions.stepOnce)).toEqual(['pause', 'train']);
    expect(engine.budgets.at(-1)).toEqual({ steps: 1 });
    engine.emit(progress(7));
    expect(await calls(actions.reset)).toEqual(['reset']);
    expect(state()).toMatchObject({ step: 0 });
    expect(await calls(actions.restart)).toEqual(['reset', 'train']);
    engine.broken.add('reset');
    expect(await calls(actions.restart)).toEqual(['reset', 'restart', 'watch', 'train']);
  });

  it('rests when the model is forgotten, or training paused, while it starts anew', async () => {
    const { engine, actions } = await begin();
    for (const act of [actions.reset, actions.pause]) {
      const from = engine.calls.length;
      engine.emit({ type: 'phase', phase: 'training', step: 1 });
      await Promise.all([actions.restart(), act()]);
      expect(engine.calls.slice(from)).not.toContain('train');
    }
  });

  it('tells of what is not valid, and changes nothing', async () => {
    const { actions, state, engine, nextFrame } = await begin();
    expect(actions.set({ nChain: 5000 })).toBe(false);
    expect(actions.changeStage(1, { eta: 7 })).toBe(false);
    expect(actions.setCustomPoints([])).toBe(false);
    expect(actions.setDataset('custom')).toBe(false);
    await nextFrame();
    expect(state().config).toBe(config);
    expect(engine.configs).toHaveLength(1);
    const messages = state().notices.map(({ message }) => message);
    expect(messages).toEqual([
      'nChain = 5000 is above 1000; allowed: a whole number from 10 to 1000.',
      'stages[1].eta = 7 is above 1; allowed: a number from 0 to 1.',
      'There is nothing to learn from an empty drawing.',
    ]);
    actions.dismissNotice(state().notices[0]!.id);
    expect(state().notices).toHaveLength(2);
  });

  it('shows problems and failures with their advice', async () => {
    const { engine, actions, state, nextFrame } = await begin();
    const problem = { code: 'device-lost', message: 'The GPU went away.', advice: 'None needed.' } as const;
    engine.emit({ type: 'problem', problem });
    engine.emit({ type: 'problem', problem });
    expect(state().notices).toMatchObject([
      { tone: 'warning', message: problem.message, advice: problem.advice },
    ]);
    engine.configure = async () => {
      throw new EngineError({ code: 'backend-failed', message: 'No.', advice: 'Try another.' });
    };
    actions.set({ backend: 'webgl' });
    await nextFrame();
    expect(state().notices.at(-1)).toMatchObject({ tone: 'error', message: 'No.', advice: 'Try another.' });
    engine.broken.add('train');
    await actions.train();
    expect(state().notices.at(-1)!.message).toBe('train is broken');
  });

  it('says so when the engine cannot start', async () => {
    const engine = createFakeEngine();
    engine.broken.add('start');
    const { store, ready, settled } = createPlayground(engine);
    await expect(ready).rejects.toThrow('start is broken');
    await expect(settled()).rejects.toThrow('start is broken');
    expect(store.getState().notices).toHaveLength(1);
    expect(engine.calls).toEqual(['start', 'watch']);
  });

  it('keeps a drawing while a preset is looked at', async () => {
    const { actions, state } = await begin();
    const drawing = [0, 0, 1, 1, 2, 0.5];
    expect(actions.setCustomPoints(drawing)).toBe(true);
    expect(state().config).toMatchObject({ dataset: 'custom', customPoints: drawing });
    actions.setDataset('moons');
    expect(state().config).toMatchObject({ dataset: 'moons', customPoints: [] });
    expect(actions.setDataset('custom')).toBe(true);
    expect(state().config.customPoints).toEqual(drawing);
  });

  it('adds, copies, changes, moves, switches and removes stages, between one and six', async () => {
    const { actions, state } = await begin();
    const kinds = () =>
      state()
        .config.stages.map(({ kind }) => kind[0])
        .join('');
    actions.addStage('score');
    actions.duplicateStage(2);
    expect(kinds()).toBe('frrrss');
    actions.addStage('score');
    actions.duplicateStage(0);
    expect(kinds()).toBe('frrrss');
    actions.moveStage(0, 5);
    expect(kinds()).toBe('rrrssf');
    actions.switchStage(0, 'forward');
    expect(kinds()).toBe('frrssf');
    actions.changeStage(1, { sampler: 'ddim', eta: 0.5 });
    expect(state().config.stages[1]).toMatchObject({ sampler: 'ddim', eta: 0.5 });
    for (let i = 0; i < 9; i++) actions.removeStage(0);
    expect(kinds()).toBe('f');
    actions.removeStage(9);
    actions.moveStage(0, -1);
    expect(state().notices).toEqual([]);
  });

  it('remembers what a place showed before it was switched, wherever it is moved', async () => {
    const { actions, state } = await begin();
    const stage = (index: number) => state().config.stages[index]!;
    const settings = { sampler: 'heun', nSteps: 50, timeGrid: 'karras', parameters: { rho: 3 } };
    actions.changeStage(1, settings);
    actions.switchStage(1, 'score');
    actions.changeStage(1, { source: 'error' });
    actions.moveStage(1, 3);
    actions.removeStage(0);
    actions.addStage('forward');
    actions.switchStage(2, 'forward');
    actions.switchStage(2, 'reverse');
    expect(stage(2)).toMatchObject(settings);
    actions.switchStage(2, 'score');
    expect(stage(2)).toMatchObject({ source: 'error' });
    actions.duplicateStage(2);
    actions.switchStage(3, 'reverse');
    expect(stage(3)).toMatchObject(settings);
    actions.switchStage(4, 'reverse');
    expect(stage(4)).toEqual({ ...newStage.reverse, id: stage(4).id });
    const ids = state().config.stages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('adds and remembers only what agrees with the rest by then', async () => {
    const { actions, state } = await begin();
    actions.set({ conditional: true });
    actions.changeStage(2, { nSteps: 100, ofClass: 1, timeGrid: 'list', tau: [1, 50, 100] });
    actions.switchStage(2, 'score');
    actions.set({ nChain: 10, conditional: false });
    actions.switchStage(2, 'reverse');
    expect(state().config.stages[2]).toMatchObject({ nSteps: 20, ofClass: 0, timeGrid: 'list', tau: [1] });
    actions.addStage('reverse');
    expect(state().config.stages[4]).toMatchObject({ nSteps: 20 });
    expect(state().notices).toEqual([]);
  });

  it('restores by going back in the history as ever', async () => {
    const { actions, state } = await begin();
    const before = state().config;
    actions.switchStage(2, 'score');
    actions.replace(before);
    expect(state().config.stages).toEqual(before.stages);
    actions.switchStage(2, 'score');
    actions.switchStage(2, 'reverse');
    expect(state().config.stages).toEqual(before.stages);
  });

  it('watches what the stages show, and forgets what they no longer do', async () => {
    const { engine, actions, nextFrame, recordings } = await begin();
    const [learned, exact] = ['learned', 'exact'].map((source) => JSON.stringify({ kind: 'score', source }));
    engine.emit({ type: 'recording', recording: fieldRecording(learned!) });
    engine.emit({ type: 'recording', recording: fieldRecording(exact!) });
    expect(recordings.get(learned!)).not.toBeNull();
    expect(recordings.get(exact!)).toBeNull();
    actions.set({ nParticles: 100 });
    await nextFrame();
    expect(recordings.isStale(learned!)).toBe(true);
    actions.removeStage(3);
    await nextFrame();
    expect(engine.watched).toHaveLength(2);
    expect(recordings.counts()).toEqual({ recordings: 0, listeners: 0 });
  });

  it('stops listening when it is disposed of', async () => {
    const { engine, dispose } = await begin();
    expect(engine.listeners()).toBe(1);
    dispose();
    expect(engine.listeners()).toBe(0);
  });
});
