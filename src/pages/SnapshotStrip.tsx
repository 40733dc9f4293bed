import { RadioGroup } from 'radix-ui';
import type { PointerEvent } from 'react';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import './snapshotStrip.css';
import { formatCount } from './stageText.ts';

const NOW = 'now';

/**
 * The model at some of its steps: a second axis beside time. Choosing one shows it on all stages, while training goes on; the pointer
 * may be drawn along the strip.
 */
export function SnapshotStrip() {
  const snapshots = usePlayground((state) => state.snapshots);
  const shown = usePlayground((state) => state.shownSnapshot);
  const { showSnapshot } = usePlaygroundActions();
  // Its room is kept, so that what is below stands still when training begins.
  if (snapshots.length < 2) return <div className="snapshot-place" />;
  const current = shown === null ? NOW : String(shown);
  const choose = (value: string) => {
    if (value !== current) showSnapshot(value === NOW ? null : Number(value));
  };
  const options = [
    ...snapshots.map((step) => ({ value: String(step), label: formatCount(step) })),
    NOW_OPTION,
  ];
  return (
    <section className="snapshot-strip" aria-label="Snapshots of the model">
      <span className="snapshot-label" id="snapshot-label">
        Model after step
      </span>
      <RadioGroup.Root
        className="snapshot-options"
        aria-labelledby="snapshot-label"
        orientation="horizontal"
        loop={false}
        value={current}
        onValueChange={choose}
      >
        {options.map(({ value, label }) => (
          <RadioGroup.Item
            key={value}
            className="snapshot-option"
            value={value}
            // Arrow keys move the focus; radix chooses what has it only while the key is still down.
            onFocus={() => choose(value)}
            onPointerDown={releasePointer}
            onPointerEnter={(event) => event.buttons === 1 && choose(value)}
          >
            {label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <span className="snapshot-note">
        {shown === null ? 'stages follow the training' : 'stages are held; training is not'}
      </span>
    </section>
  );
}

const NOW_OPTION = { value: NOW, label: NOW };

/** A finger is held by what it touches first, and would enter no other option. */
function releasePointer({ currentTarget, pointerId }: PointerEvent<HTMLButtonElement>): void {
  if (currentTarget.hasPointerCapture(pointerId)) currentTarget.releasePointerCapture(pointerId);
}
