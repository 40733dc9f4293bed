import { describe, expect, it, vi } from 'vitest';
import { createRecordings } from '../../src/store/recordings.ts';
import { emptySeries, extendSeries, MAX_SERIES_POINTS } from '../../src/store/series.ts';
import { watchList } from '../../src/store/watchList.ts';
import { newStage } from '../../src/views/index.ts';
import type { Layer } from '../../src/views/layers.ts';
import type { ReverseStage } from '../../src/views/reverse/stage.ts';
import { recordingKey } from '../../src/views/types.ts';
import { fieldRecording } from './fakeEngine.ts';

describe('recordings', () => {
  it('holds the latest of each watched key and tells those who watch it', () => {
    const recordings = createRecordings();
    recordings.retain(['a', 'b']);
    const heard = vi.fn();
    const stop = recordings.subscribe('a', heard);
    recordings.put(fieldRecording('b'));
    expect(heard).not.toHaveBeenCalled();
    const latest = fieldRecording('a');
    recordings.put(fieldRecording('a'));
    recordings.put(latest);
    expect(heard).toHaveBeenCalledTimes(2);
    expect(recordings.get('a')).toBe(latest);
    stop();
    stop();
    recordings.put(fieldRecording('a'));
    expect(heard).toHaveBeenCalledTimes(2);
  });

  it('drops what is no longer watched, and what arrives too late', () => {
    const recordings = createRecordings();
    recordings.retain(['a', 'b']);
    recordings.put(fieldRecording('a'));
    recordings.put(fieldRecording('b'));
    const heard = vi.fn();
    recordings.subscribe('a', heard);
    recordings.retain(['b']);
    expect(heard).toHaveBeenCalledOnce();
    recordings.put(fieldRecording('a'));
    expect(recordings.get('a')).toBeNull();
    expect(recordings.get('b')).not.toBeNull();
  });

  it('marks what is out of date until a fresh one comes', () => {
    const recordings = createRecordings();
    recordings.retain(['a']);
    recordings.put(fieldRecording('a'));
    recordings.markStale();
    expect(recordings.isStale('a')).toBe(true);
    recordings.put(fieldRecording('a'));
    expect(recordings.isStale('a')).toBe(false);
  });

  it('leaves no listener behind, also when one unsubscribes while it is told', () => {
    const recordings = createRecordings();
    recordings.retain(['a']);
    const listener = () => {};
    const stops = Array.from({ length: 100 }, () => recordings.subscribe('a', listener));
    const stopSelf = recordings.subscribe('a', () => stopSelf());
    expect(recordings.counts().listeners).toBe(101);
    recordings.put(fieldRecording('a'));
    for (const stop of stops) stop();
    expect(recordings.counts().listeners).toBe(0);
  });
});

describe('the watch list', () => {
  const reverse = (patch: Partial<ReverseStage>): ReverseStage => ({ ...newStage.reverse, ...patch });

  it('asks once for what several stages show', () => {
    const { requests, stageKeys } = watchList({
      nChain: 200,
      stages: [
        reverse({ layers: ['points'] }),
        reverse({ layers: ['trails', 'arrows'] }),
        reverse({ eta: 1 }),
      ],
    });
    expect(requests).toHaveLength(2);
    expect(stageKeys[0]).toEqual(stageKeys[1]);
    expect(stageKeys[2]).not.toEqual(stageKeys[0]);
  });

  it('does not tell recordings apart by settings that the sampler does not read', () => {
    const ddpm = { sampler: 'ddpm', nSteps: 30 };
    const stages = [reverse(ddpm), reverse({ ...ddpm, eta: 0.5, ofClass: 0, guidance: 2 })];
    const { requests } = watchList({ nChain: 200, stages });
    expect(requests).toEqual([
      {
        kind: 'reverse',
        sampler: 'ddpm',
        nSteps: 30,
        eta: 0,
        variance: 'beta-tilde',
        timeGrid: 'linear',
        denoiser: 'learned',
        mesh: false,
      },
    ]);
  });

  it('carries the mesh for all when one stage shows it', () => {
    const mesh: readonly Layer[] = ['mesh'];
    const { requests } = watchList({ nChain: 200, stages: [reverse({}), reverse({ layers: mesh })] });
    expect(requests).toMatchObject([{ mesh: true }]);
  });

  it('needs both fields for the error between them', () => {
    const { requests, stageKeys } = watchList({
      nChain: 200,
      stages: [
        { ...newStage.score, source: 'exact' },
        { ...newStage.score, source: 'error' },
      ],
    });
    expect(requests).toEqual([
      { kind: 'score', source: 'exact' },
      { kind: 'score', source: 'learned' },
    ]);
    expect(stageKeys[1]).toEqual([
      recordingKey({ kind: 'score', source: 'learned' }),
      recordingKey({ kind: 'score', source: 'exact' }),
    ]);
  });
});

describe('a series', () => {
  it('stays bounded, keeps its beginning and goes on to its end', () => {
    let series = emptySeries;
    for (let i = 0; i < 300; i++) {
      const steps = Array.from({ length: 100 }, (_, j) => 100 * i + j);
      series = extendSeries(series, steps, steps);
    }
    expect(series.steps.length).toBeLessThan(MAX_SERIES_POINTS);
    expect(series.steps.length).toBeGreaterThan(MAX_SERIES_POINTS / 4);
    expect(series.steps[0]).toBe(0);
    expect(series.steps.at(-1)!).toBeGreaterThan(29_900);
    const gaps = series.steps.slice(1).map((step, i) => step - series.steps[i]!);
    expect(new Set(gaps)).toEqual(new Set([series.stride]));
    expect(series.values).toEqual(series.steps);
  });
});
