import { useId } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';
import './orderedChecks.css';

interface OrderedChecksProps<V extends string> {
  readonly label: string;
  /** The chosen ones, in their order. */
  readonly value: readonly V[];
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: readonly V[]) => void;
}

/** Any of several, in an order of the person's: the chosen ones first, each with buttons that move it. */
export function OrderedChecks<V extends string>({ label, value, options, onChange }: OrderedChecksProps<V>) {
  const id = useId();
  const labelOf = (each: V) => options.find((option) => option.value === each)?.label ?? each;
  const others = options.filter((option) => !value.includes(option.value));
  const swap = (index: number, by: -1 | 1) =>
    onChange(value.toSpliced(index, 1).toSpliced(index + by, 0, value[index]!));
  return (
    <fieldset className="c-field c-ordered" aria-labelledby={id}>
      <span className="c-label" id={id}>
        {label}
      </span>
      <ul>
        {value.map((each, index) => (
          <li key={each}>
            <Check
              label={labelOf(each)}
              on
              onChange={() => onChange(value.filter((other) => other !== each))}
            />
            <IconButton
              className="c-ordered-up"
              label={`Move ${labelOf(each)} forwards`}
              icon={<Icon name="chevron" />}
              disabled={index === 0}
              onClick={() => swap(index, -1)}
            />
            <IconButton
              label={`Move ${labelOf(each)} back`}
              icon={<Icon name="chevron" />}
              disabled={index === value.length - 1}
              onClick={() => swap(index, 1)}
            />
          </li>
        ))}
        {others.map((option) => (
          <li key={option.value}>
            <Check label={option.label} on={false} onChange={() => onChange([...value, option.value])} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Check({ label, on, onChange }: { label: string; on: boolean; onChange: () => void }) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={onChange} />
      <span>{label}</span>
    </label>
  );
}
