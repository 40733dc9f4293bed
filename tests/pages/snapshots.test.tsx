// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { SnapshotStrip } from '../../src/pages/SnapshotStrip.tsx';
import { StageQuality } from '../../src/pages/StageQuality.tsx';
import type { StageQuality as Quality, Recording } from '../../src/protocol/protocol.ts';
import { newStage } from '../../src/views/index.ts';
import { type FakeEngine, fieldRecording } from '../store/fakeEngine.ts';
import { expectNoComplaints, experiment, show } from './panels.tsx';

expectNoComplaints();

const engineOf = ({ engine }: { engine: unknown }) => engine as FakeEngine;

describe('the strip of snapshots', () => {
  it('is not there before there is a choice, and says which model the stages show', async () => {
    const { playground, container } = await show(experiment({}), <SnapshotStrip />);
    const { emit } = engineOf(playground);
    act(() => emit({ type: 'snapshots', steps: [0] }));
    expect(container.textContent).toBe('');
    act(() => emit({ type: 'snapshots', steps: [0, 30, 1000] }));
    const names = screen.getAllByRole('radio').map(({ textContent }) => textContent);
    expect(names).toEqual(['0', '30', '1\u202f000', 'now']);
    expect(screen.getByRole('radiogroup', { name: 'Model after step' })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'now' }).getAttribute('aria-checked')).toBe('true');
  });

  it('shows what is pressed, what the pointer is drawn over, and the moment again', async () => {
    const { playground } = await show(experiment({}), <SnapshotStrip />);
    const { emit, shown } = engineOf(playground);
    act(() => emit({ type: 'snapshots', steps: [0, 30, 100] }));
    fireEvent.click(screen.getByRole('radio', { name: '30' }));
    expect(playground.store.getState().shownSnapshot).toBe(30);
    fireEvent.pointerEnter(screen.getByRole('radio', { name: '100' }), { buttons: 1 });
    fireEvent.pointerEnter(screen.getByRole('radio', { name: '0' }), { buttons: 0 });
    fireEvent.click(screen.getByRole('radio', { name: 'now' }));
    expect(shown).toEqual([30, 100, null]);
  });

  it('follows the training again when what was chosen is no more', async () => {
    const { playground } = await show(experiment({}), <SnapshotStrip />);
    const { emit } = engineOf(playground);
    act(() => emit({ type: 'snapshots', steps: [0, 30, 100] }));
    act(() => playground.actions.showSnapshot(100));
    act(() => emit({ type: 'snapshots', steps: [0, 30] }));
    expect(playground.store.getState().shownSnapshot).toBeNull();
    expect(screen.getByRole('radio', { name: 'now' }).getAttribute('aria-checked')).toBe('true');
  });
});

describe('the numbers of a stage', () => {
  const stage = { ...newStage.reverse, id: 1 };
  const recording: Recording = { ...fieldRecording('k'), modelStep: 300 };
  const quality: Quality = {
    key: 'k',
    step: 300,
    source: 'own',
    samples: 8000,
    strays: { value: 0.39, error: 0.017, perfect: 0.01 },
    missed: { value: 0.3, error: 0.02, perfect: 0.031 },
    slicedW2: { value: 0.3, error: 0.01, perfect: 0.1 },
  };
  const tell = async (of: Partial<Quality>, shown: Recording | null = recording) => {
    const { playground, container } = await show(
      experiment({ stages: [stage] }),
      <StageQuality stage={stage} recording={shown} />,
    );
    act(() => engineOf(playground).emit({ type: 'stageQuality', ...quality, ...of }));
    return container;
  };

  it('are said in words, and explained by a press too', async () => {
    const container = await tell({});
    expect(container.querySelector('.stage-quality-full')?.textContent).toBe(
      '61 ± 2 % end on the data · distance 3.0× perfect',
    );
    fireEvent.click(container.querySelector('button')!);
    expect(screen.getByRole('tooltip').textContent).toMatch(/Of 8.000 samples .* at step 300: 61 ± 2 % lie/);
  });

  it('are none where they would belong to another step, another model, or nothing', async () => {
    expect((await tell({ step: 299 })).textContent).toBe('');
    expect((await tell({ source: 'pretrained' })).textContent).toBe('');
    expect((await tell({}, null)).textContent).toBe('');
  });
});
