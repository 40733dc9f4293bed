import { Switch } from 'radix-ui';
import { useId } from 'react';
import { classNames } from './classNames.ts';
import { Hint } from './Hint.tsx';
import { LabelText } from './LabelText.tsx';

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** On or off, at once. */
export function Toggle({ label, value, onChange, hint, disabled }: ToggleProps) {
  const id = useId();
  return (
    <div className={classNames('c-toggle', disabled && 'is-disabled')}>
      <span className="c-label" id={`${id}-label`}>
        <LabelText label={label} />
      </span>
      {hint && <Hint id={`${id}-hint`} subject={label} text={hint} />}
      <Switch.Root
        className="c-switch"
        aria-labelledby={`${id}-label`}
        checked={value}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <Switch.Thumb className="c-switch-thumb" />
      </Switch.Root>
    </div>
  );
}
