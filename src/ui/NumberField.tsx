import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { classNames } from './classNames.ts';
import { readNumberEntry } from './numberEntry.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly format?: (value: number) => string;
  readonly unit?: string;
  readonly disabled?: boolean;
  /** A valid number, entered with Enter or by leaving the field. */
  readonly onEnter: (value: number) => void;
  /** Up and Down arrows: +1 and −1 steps. */
  readonly onNudge?: (steps: number) => void;
}

const MESSAGE_SECONDS = 4;

/** A number to type: formatted at rest, as typed while editing, clamped with a word about it when out of range. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, format = String } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [message, setMessage] = useState('');
  // Escape leaves the field without entering: the blur it causes must not read the draft.
  const abandoned = useRef(false);

  useEffect(() => {
    if (message === '') return;
    const timer = setTimeout(() => setMessage(''), MESSAGE_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [message]);

  const enter = () => {
    if (draft !== null && !abandoned.current && draft !== String(value)) {
      const entry = readNumberEntry(draft, { ...props, whole: props.whole ?? false });
      setMessage(entry.message);
      if (entry.value !== null) props.onEnter(entry.value);
    }
    abandoned.current = false;
    setDraft(null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Enter') event.currentTarget.blur();
    else if (event.key === 'Escape') {
      abandoned.current = true;
      event.currentTarget.blur();
    } else if (direction !== undefined && props.onNudge) {
      event.preventDefault();
      setDraft(null);
      props.onNudge(direction);
    }
  };

  return (
    <span className="c-number">
      <input
        className={classNames('c-number-input', message !== '' && 'is-corrected')}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-label={`${label}, exact value`}
        disabled={props.disabled}
        size={Math.max(4, (draft ?? format(value)).length)}
        value={draft ?? format(value)}
        onFocus={(event) => {
          setDraft(String(value));
          const field = event.currentTarget;
          // On a busy machine the focus may have gone on by then, and selecting would take it back.
          requestAnimationFrame(() => document.activeElement === field && field.select());
        }}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={enter}
        onKeyDown={onKeyDown}
      />
      {props.unit && (
        <span className="c-unit" aria-hidden="true">
          {props.unit}
        </span>
      )}
      <span className="c-number-message" role="status">
        {message}
      </span>
    </span>
  );
}
