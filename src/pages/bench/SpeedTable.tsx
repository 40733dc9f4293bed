import { COLUMNS, cellsOf, type SpeedRow } from './report.ts';

export function SpeedTable({
  rows,
  caption,
}: {
  readonly rows: readonly SpeedRow[];
  readonly caption: string;
}) {
  return (
    <table className="bench-table">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Engine</th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, outcome }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {'missing' in outcome ? (
              <td colSpan={COLUMNS.length} className="bench-missing">
                {`Not here: ${outcome.missing}`}
              </td>
            ) : (
              cellsOf(outcome).map((cell, i) => <td key={COLUMNS[i]}>{cell}</td>)
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
