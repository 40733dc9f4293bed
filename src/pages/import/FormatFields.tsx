import { SEPARATORS, type Separator } from '../../experiment/import/dialect.ts';
import type { Format } from '../../experiment/import/rawTable.ts';
import { SEPARATOR_NAMES } from '../../experiment/import/words.ts';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import type { ImportState } from './importState.ts';

const separators = SEPARATORS.map((value) => ({ value, label: SEPARATOR_NAMES[value] }));
const marks = [
  { value: '.' as const, label: 'point: 1.5' },
  { value: ',' as const, label: 'comma: 1,5' },
];

interface FormatFieldsProps {
  readonly format: Format;
  readonly choose: ImportState['choose'];
}

/** How a table of text is written; JSON says so itself. */
export function FormatFields({ format, choose }: FormatFieldsProps) {
  const { separator, decimal, header, skip } = format;
  if (separator === null || header === null || skip === null) return null;
  return (
    <div className="import-fields">
      <Select<Separator>
        label="Between columns"
        value={separator}
        options={separators}
        onChange={(mark) => choose({ separator: mark })}
      />
      <Select
        label="Decimal mark"
        value={decimal}
        options={marks}
        onChange={(mark) => choose({ decimal: mark })}
      />
      <Toggle
        label="First line names the columns"
        value={header}
        onChange={(named) => choose({ header: named })}
      />
      <Slider
        label="Lines to skip"
        value={skip}
        min={0}
        max={Math.max(20, skip)}
        onChange={(lines) => choose({ skip: lines })}
      />
    </div>
  );
}
