import { useId } from 'react';
import { classNames } from './classNames.ts';
import { Hint } from './Hint.tsx';
import { Icon } from './icons.tsx';
import { LabelText } from './LabelText.tsx';

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  /** One sentence, shown below while the option is chosen. */
  readonly summary?: string;
  readonly disabled?: boolean;
}

interface SelectProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
  /** Keep the label for screen readers alone, where the place says what is chosen. */
  readonly hideLabel?: boolean;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** One of a list: the platform's own select, which works everywhere. */
export function Select<V extends string>(props: SelectProps<V>) {
  const id = useId();
  const chosen = props.options.find((option) => option.value === props.value);
  return (
    <div className={classNames('c-select', props.disabled && 'is-disabled')}>
      <div className={props.hideLabel ? 'c-visually-hidden' : 'c-select-head'}>
        <span className="c-label" id={`${id}-label`}>
          {props.hideLabel ? props.label : <LabelText label={props.label} />}
        </span>
        {props.hint && !props.hideLabel && <Hint subject={props.label} text={props.hint} />}
      </div>
      <div className="c-select-box">
        <select
          aria-labelledby={`${id}-label`}
          value={props.value}
          disabled={props.disabled}
          aria-describedby={chosen?.summary ? `${id}-summary` : undefined}
          onChange={(event) => {
            const option = props.options.find(({ value }) => value === event.target.value);
            if (option) props.onChange(option.value);
          }}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </div>
      {chosen?.summary && (
        <p className="c-summary" id={`${id}-summary`}>
          {chosen.summary}
        </p>
      )}
    </div>
  );
}
