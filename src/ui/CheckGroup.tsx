import { ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import type { SegmentedOption } from './Segmented.tsx';

interface CheckGroupProps<V extends string> {
  readonly label: string;
  readonly value: readonly V[];
  readonly options: readonly SegmentedOption<V>[];
  /** The chosen values, in the order of `options`. */
  readonly onChange: (value: readonly V[]) => void;
  readonly hideLabel?: boolean;
}

/** Any of several, as chips that are pressed or not. */
export function CheckGroup<V extends string>(props: CheckGroupProps<V>) {
  const id = useId();
  return (
    <div className="c-field">
      <span className={props.hideLabel ? 'c-visually-hidden' : 'c-label'} id={id}>
        {props.label}
      </span>
      <ToggleGroup.Root
        className="c-chips"
        type="multiple"
        role="group"
        aria-labelledby={id}
        value={[...props.value]}
        onValueChange={(pressed) =>
          props.onChange(props.options.map(({ value }) => value).filter((value) => pressed.includes(value)))
        }
      >
        {props.options.map(({ value, label, name, disabled }) => (
          <ToggleGroup.Item
            key={value}
            className="c-chip"
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
