// @vitest-environment happy-dom
import { act, fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useDroppedParticle } from '../../src/pages/useDroppedParticle.ts';
import { useField } from '../../src/store/react.ts';
import { newStage } from '../../src/views/index.ts';
import { expectNoComplaints, experiment, show } from './panels.tsx';

expectNoComplaints();

const VIEW = {};

/** How many points of the particle's path every stage has. */
function Paths() {
  const particle = useDroppedParticle(VIEW);
  const stages = useField('stages');
  return (
    <>
      <button type="button" onClick={() => particle.drop([1, 2], 0)}>
        Drop
      </button>
      <button type="button" onClick={particle.remove}>
        Remove
      </button>
      <output>{stages.map((stage) => particle.pathsOf(stage)[0]?.times.length ?? 0).join(' ')}</output>
    </>
  );
}

it('a particle dropped on the data at t = 0 is marked in every stage at once, and has its path in those that sample', async () => {
  const stages = [newStage.forward, newStage.reverse, newStage.score, newStage.density];
  await show(experiment({ stages }), <Paths />);
  const counts = () => screen.getByRole('status').textContent;
  expect(counts()).toBe('0 0 0 0');
  fireEvent.click(screen.getByRole('button', { name: 'Drop' }));
  expect(counts()).toBe('1 1 1 1');
  await act(async () => {});
  expect(counts()).toBe('1 2 1 1');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Remove' })));
  expect(counts()).toBe('0 0 0 0');
});
