import { useId, useState } from 'react';
import { type AxisTexts, axisFields } from '../../../store/tableAxes.ts';
import { CheckGroup } from '../../../ui/CheckGroup.tsx';
import { Hint } from '../../../ui/Hint.tsx';
import { Select } from '../../../ui/Select.tsx';

interface AxisFieldProps {
  /** "Rows" or "Columns". */
  readonly label: string;
  readonly axis: AxisTexts;
  readonly onChange: (axis: AxisTexts) => void;
}

const OPTIONS = axisFields.map(({ name, label }) => ({ value: name, label }));

/** Which field the rows or columns are of, and its values. */
export function AxisField({ label, axis, onChange }: AxisFieldProps) {
  const field = axisFields.find(({ name }) => name === axis.field);
  // A link may name what is not offered.
  const options = field ? OPTIONS : [...OPTIONS, { value: axis.field, label: axis.field }];
  const choose = (name: string) => {
    const chosen = axisFields.find((each) => each.name === name);
    onChange({ field: name, values: chosen?.choices?.slice(0, 2) ?? [] });
  };
  const { choices = null } = field ?? {};
  return (
    <div className="table-axis">
      <Select label={label} value={axis.field} options={options} onChange={choose} />
      {choices ? (
        <CheckGroup
          label={`Values of the ${label.toLowerCase()}`}
          value={axis.values}
          options={choices.map((value) => ({ value, label: value }))}
          onChange={(values) => onChange({ ...axis, values })}
        />
      ) : (
        <ValuesField
          key={axis.field}
          label={`Values of the ${label.toLowerCase()}`}
          allowed={field?.allowed ?? 'values, one after another'}
          values={axis.values}
          onEnter={(values) => onChange({ ...axis, values })}
        />
      )}
    </div>
  );
}

interface ValuesFieldProps {
  readonly label: string;
  readonly allowed: string;
  readonly values: readonly string[];
  readonly onEnter: (values: readonly string[]) => void;
}

/** Values, typed; taken with Enter or on leaving the field. */
function ValuesField({ label, allowed, values, onEnter }: ValuesFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const enter = () => {
    if (draft === null) return;
    onEnter([...new Set(draft.split(/[\s,;]+/).filter((word) => word !== ''))]);
    setDraft(null);
  };
  return (
    <div className="c-field">
      <div className="c-field-head">
        <label className="c-label" htmlFor={id}>
          {label}
        </label>
        <Hint
          id={`${id}-hint`}
          subject={label}
          text={`Each is ${allowed}; separated by commas, 20 at most.`}
        />
      </div>
      <input
        id={id}
        className="c-text-input table-values"
        type="text"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? values.join(', ')}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          if (event.key === 'Enter') enter();
          else if (event.key === 'Escape') setDraft(null);
        }}
      />
    </div>
  );
}
