import { METHOD_FACTS } from './methodFacts.ts';
import type { ScoreRow } from './recordings.ts';
import type { MethodId } from './settings.ts';

interface Column {
  readonly name: string;
  readonly of: (row: ScoreRow) => string;
}

const NONE = '–';
const percent = (value: number) => (100 * value).toFixed(1);

const COLUMNS: readonly Column[] = [
  { name: 'bits', of: ({ bits }) => bits?.bits.toFixed(2) ?? NONE },
  { name: 'perplexity', of: ({ perplexity }) => perplexity?.toFixed(2) ?? NONE },
  { name: 'bits of samples', of: ({ quality }) => (quality.valid > 0 ? quality.bits.toFixed(2) : NONE) },
  { name: 'valid %', of: ({ quality }) => percent(quality.valid) },
  { name: 'agreement errors %', of: ({ quality }) => percent(quality.agreementErrors) },
  { name: 'distinct', of: ({ quality }) => quality.distinct.toFixed(0) },
  { name: 'repetition %', of: ({ quality }) => percent(quality.repetition) },
  { name: 'TV lengths', of: ({ quality }) => quality.lengthVariation.toFixed(3) },
  { name: 'TV words', of: ({ quality }) => quality.unigramVariation.toFixed(3) },
  { name: 'TV pairs', of: ({ quality }) => quality.bigramVariation.toFixed(3) },
  { name: 'Zipf slope', of: ({ quality }) => quality.zipfSlope.toFixed(2).replace('-', '−') },
  { name: 'NFE', of: ({ quality, steps }) => (steps > 0 ? String(quality.nfe) : NONE) },
  { name: 'seconds', of: ({ ms, steps }) => (steps > 0 ? (ms / 1000).toFixed(1) : NONE) },
];

/** What scrolls must be reached by keys. */
const SCROLLED = { role: 'region', 'aria-label': 'Scores', tabIndex: 0 } as const;

/** The comparison, beside what is exact and what as many true draws have. */
export function ScoreTable({ rows }: { readonly rows: readonly ScoreRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div className="words-scores" {...SCROLLED}>
      <table>
        <thead>
          <tr>
            <th scope="col">method</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.method}>
              <th scope="row">
                {row.method in METHOD_FACTS ? METHOD_FACTS[row.method as MethodId].label : row.method}
              </th>
              {COLUMNS.map(({ name, of }) => (
                <td key={name}>{of(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
