import { METHOD_FACTS } from './methodFacts.ts';
import type { ScoreRow, StartComparison } from './recordings.ts';
import type { MethodId } from './settings.ts';

const share = (value: number) => (100 * value).toFixed(1);

interface Column {
  readonly name: string;
  readonly of: (row: ScoreRow) => string;
}

/** Words and one stop a sentence, on average: what perplexity is counted by. */
const WORDS_AND_STOP = 6.54;

const COLUMNS: readonly Column[] = [
  { name: 'bits', of: ({ bits }) => (bits ? bits.bits.toFixed(2) : '–') },
  { name: 'perplexity', of: ({ bits }) => (bits ? (2 ** (bits.bits / WORDS_AND_STOP)).toFixed(2) : '–') },
  { name: 'bits of samples', of: ({ quality }) => quality.bits.toFixed(2) },
  { name: 'valid %', of: ({ quality }) => share(quality.valid) },
  { name: 'agreement errors %', of: ({ quality }) => share(quality.agreementErrors) },
  { name: 'distinct', of: ({ quality }) => String(quality.distinct) },
  { name: 'repetition %', of: ({ quality }) => share(quality.repetition) },
  { name: 'TV lengths', of: ({ quality }) => quality.lengthVariation.toFixed(3) },
  { name: 'TV words', of: ({ quality }) => quality.unigramVariation.toFixed(3) },
  { name: 'TV pairs', of: ({ quality }) => quality.bigramVariation.toFixed(3) },
  { name: 'NFE', of: ({ quality }) => String(quality.nfe) },
  { name: 'seconds', of: ({ ms }) => (ms / 1000).toFixed(1) },
];

/** What is true of the language itself; of a thousand sentences where that matters. */
const EXACT: readonly string[] = ['10.17', '2.94', '10.17', '100', '0', '562', '–', '0', '0', '0', '–', '–'];

const labelOf = (method: string) =>
  method in METHOD_FACTS ? METHOD_FACTS[method as MethodId].label : method;

/** What scrolls must be reached by keys. */
const SCROLLED = { role: 'region', 'aria-label': 'Scores', tabIndex: 0 } as const;

/** The comparison, and what the sources say of each method beside it. */
export function ScoreTable({ rows }: { readonly rows: readonly ScoreRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
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
            <tr>
              <th scope="row">exact</th>
              {COLUMNS.map(({ name }, k) => (
                <td key={name}>{EXACT[k]}</td>
              ))}
            </tr>
            {rows.map((row) => (
              <tr key={row.method}>
                <th scope="row">{labelOf(row.method)}</th>
                {COLUMNS.map(({ name, of }) => (
                  <td key={name}>{of(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h4>
        <span>What the sources say, and what this language shows</span>
      </h4>
      <ul className="words-claims">
        {rows
          .filter(({ method }) => method in METHOD_FACTS)
          .map((row) => (
            <li key={row.method}>
              <b>{labelOf(row.method)}</b>
              <span>{` ${METHOD_FACTS[row.method as MethodId].claim} `}</span>
              <i>{`${shown(row)}${(row.byStart ?? []).map((one) => ` ${draftSentence(one)}`).join('')}`}</i>
            </li>
          ))}
      </ul>
    </>
  );
}

function shown({ quality, bits, steps }: ScoreRow): string {
  const cost = bits ? `${(bits.bits - 10.174).toFixed(2)} bits above the truth` : 'no bound';
  return `Here after ${steps} steps: ${share(quality.valid)} % sentences, ${quality.distinct} distinct of ${quality.counted}, ${cost}.`;
}

/** Whether a draft helps, as far as chance allows to say. */
export function draftSentence({ noise, draft, counted, nfe }: StartComparison): string {
  const error = Math.sqrt((noise * (1 - noise) + draft * (1 - draft)) / counted);
  const verdict =
    Math.abs(draft - noise) < 2 * error
      ? 'no difference that chance would not make'
      : draft > noise
        ? 'the draft helps here too'
        : 'here the draft does not help';
  return `After ${nfe.noise} evaluations from noise ${share(noise)} % are sentences, after ${nfe.draft} from a draft ${share(draft)} %: ${verdict}.`;
}
