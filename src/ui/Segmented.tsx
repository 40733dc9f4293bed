import { ToggleGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { Hint } from './Hint.tsx';
import { LabelText } from './LabelText.tsx';

export interface SegmentedOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  /** Spoken name where the label is a symbol. */
  readonly name?: string;
  readonly disabled?: boolean;
}

interface SegmentedProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly SegmentedOption<V>[];
  readonly onChange: (value: V) => void;
  readonly hideLabel?: boolean;
  readonly hint?: string;
}

/** One of two to five, all in sight. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const id = useId();
  return (
    <div className="c-field">
      <div className={props.hideLabel ? 'c-visually-hidden' : 'c-field-head'}>
        <span className="c-label" id={id}>
          {props.hideLabel ? props.label : <LabelText label={props.label} />}
        </span>
        {props.hint && !props.hideLabel && <Hint subject={props.label} text={props.hint} />}
      </div>
      <ToggleGroup.Root
        className="c-segmented"
        type="single"
        aria-labelledby={id}
        value={props.value}
        onValueChange={(value) => {
          const option = props.options.find((each) => each.value === value);
          if (option) props.onChange(option.value);
        }}
      >
        {props.options.map(({ value, label, name, disabled }) => (
          <ToggleGroup.Item
            key={value}
            className="c-segment"
            value={value}
            aria-label={name}
            disabled={disabled}
          >
            {label}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </div>
  );
}
