import { METHOD_FACTS } from './methodFacts.ts';
import type { ScoreRow, StartComparison } from './recordings.ts';
import type { MethodId } from './settings.ts';

interface ClaimsProps {
  readonly methods: readonly MethodId[];
  readonly rows: readonly ScoreRow[];
}

/** What the sources say of each method, beside what this language shows, also where it does not agree. */
export function Claims({ methods, rows }: ClaimsProps) {
  const truth = rows.find(({ method }) => method === 'exact')?.bits?.bits ?? null;
  return (
    <>
      <h4>
        <span>What the sources say, and what this language shows</span>
      </h4>
      <ul className="words-claims">
        {methods.map((method) => {
          const { label, claim, found } = METHOD_FACTS[method];
          const row = rows.find((one) => one.method === method);
          return (
            <li key={method}>
              <b>{label}</b>
              <span>{` ${claim} `}</span>
              {found !== undefined && <span className="words-found">{`${found} `}</span>}
              {row && truth !== null && <i>{shown(row, truth)}</i>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function shown({ quality, bits, steps, byStart }: ScoreRow, truth: number): string {
  const cost = bits ? `${(bits.bits - truth).toFixed(2)} bits above the truth` : 'no bound';
  const here = `Here after ${steps} steps: ${percent(quality.valid)} % sentences, ${quality.distinct} distinct of ${quality.counted}, ${cost}.`;
  return [here, ...(byStart ?? []).map(draftSentence)].join(' ');
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
  return `After ${nfe.noise} evaluations from noise ${percent(noise)} % are sentences, after ${nfe.draft} from a draft ${percent(draft)} %: ${verdict}.`;
}

const percent = (value: number) => (100 * value).toFixed(1);
