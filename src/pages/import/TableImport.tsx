import type { OpenedTable } from '../../experiment/import/openFile.ts';
import { pointsInWords } from '../../experiment/import/words.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { FormatFields } from './FormatFields.tsx';
import type { ImportState } from './importState.ts';

interface TableImportProps {
  readonly table: OpenedTable;
  readonly choose: ImportState['choose'];
}

const NONE = '-1';
/** A preview of more columns is no longer read by anyone. */
const MAX_SHOWN = 12;

/** The first rows of a file, and what each column is taken for. */
export function TableImport({ table, choose }: TableImportProps) {
  const { columns, roles, result, apart, outside } = table;
  const options = columns.map(({ label }, i) => ({ value: String(i), label }));
  const role = (column: number | null) => String(column ?? NONE);
  const numbers = options.filter((_, i) => columns[i]!.numeric || i === roles.x || i === roles.y);
  const none = { value: NONE, label: 'None' };
  return (
    <div className="import-table">
      <div className="import-fields">
        <Select
          label="x"
          value={role(roles.x)}
          options={roles.x === null ? [none, ...numbers] : numbers}
          onChange={(x) => choose({ x: Number(x) })}
        />
        <Select
          label="y"
          value={role(roles.y)}
          options={roles.y === null ? [none, ...numbers] : numbers}
          onChange={(y) => choose({ y: Number(y) })}
        />
        <Select
          label="Class"
          value={role(roles.class)}
          options={[none, ...options]}
          onChange={(label) => choose({ class: label === NONE ? null : Number(label) })}
        />
      </div>
      <FirstRows table={table} />
      <FormatFields format={table.format} choose={choose} />
      <div className="import-choices">
        <Toggle
          label="Each axis by a scale of its own"
          value={apart}
          onChange={(own) => choose({ apart: own })}
          hint="For columns of different units, such as metres and euros."
        />
        {outside > 0 && (
          <Toggle
            label={`Leave out ${pointsInWords(outside)} far from the rest`}
            value={table.clipped}
            onChange={(clip) => choose({ clip })}
          />
        )}
      </div>
      {result.ok ? (
        <ul className="import-notes">
          {result.sample.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : (
        <Notice tone="error" message={result.message} advice={result.advice} />
      )}
    </div>
  );
}

function FirstRows({ table }: { readonly table: OpenedTable }) {
  const { columns, preview, roles } = table;
  const use = (i: number) =>
    i === roles.x ? 'x' : i === roles.y ? 'y' : i === roles.class ? 'class' : 'left out';
  const shown = columns
    .slice(0, MAX_SHOWN)
    .map(({ label }, index) => ({ key: `column ${index}`, label, index, use: use(index) }));
  const rows = preview.map((cells, index) => ({ key: `row ${index}`, cells }));
  return (
    <section className="import-rows" aria-label="First rows of the file">
      <table>
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column.key} scope="col" data-use={column.use}>
                <span>{column.label}</span>
                <span>{column.use}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {shown.map((column) => (
                <td key={column.key} data-use={column.use}>
                  {cells[column.index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
