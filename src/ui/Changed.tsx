import './changed.css';
import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';

interface ChangedProps {
  /** What is changed, for the name of the button. */
  readonly what: string;
  /** Whether it differs from its default. */
  readonly changed: boolean;
  readonly onReset: () => void;
  readonly children: ReactNode;
}

/** Marks a setting that differs from its default, and takes it back. */
export function Changed({ what, changed, onReset, children }: ChangedProps) {
  return (
    <div className="c-changed" data-changed={changed}>
      {children}
      {changed && (
        <IconButton
          className="c-changed-reset"
          label={`Back to the default: ${what}`}
          icon={<Icon name="undo" />}
          onClick={onReset}
        />
      )}
    </div>
  );
}
