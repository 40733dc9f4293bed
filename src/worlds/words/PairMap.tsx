import type { CSSProperties } from 'react';
import { V, WORDS } from '../../core/words/language.ts';
import { useWorldRecording } from '../../store/worlds/react.ts';
import type { PairAnswer } from './recordings.ts';

const ABOUT =
  'Together is how often two words stand beside the others in truth; each by itself is what comes of drawing them without regard to one another, as every network of this kind does for words that it says in one step. ' +
  'Where the maps differ, drawing both at once gives pairs that cannot be: say one word a step, and they cannot arise.';

const NOT_ASKED =
  'The network of this method answers about all words at once, not about two [M] among known words: it has no map here.';

/** p(first, second) of the first two masks, beside the product of the two by themselves. */
export function PairMap() {
  const pair = useWorldRecording<PairAnswer>('pair')?.data ?? null;
  if (!pair?.positions) {
    return (
      <section className="chart-card words-card" aria-label="Two words together">
        <h3>
          <span>Two words together</span>
        </h3>
        <p className="words-note">Mask two words of the sentence to see them together.</p>
      </section>
    );
  }
  const [first, second] = pair.positions;
  const pairs = indices.flatMap((v) => indices.filter((w) => isSeen(pair, v, w)).map((w) => ({ v, w })));
  const words = {
    rows: indices.filter((index) => pairs.some(({ v }) => v === index)),
    columns: indices.filter((index) => pairs.some(({ w }) => w === index)),
  };
  return (
    <section className="chart-card words-card" aria-label="Two words together">
      <h3>
        <span>{`Positions ${first + 1} and ${second + 1} together`}</span>
      </h3>
      <div className="words-maps">
        <HeatMap title="together, exact" table={pair.joint} {...words} />
        <HeatMap title="each by itself, exact" table={pair.product} {...words} />
        {pair.learned && <HeatMap title="each by itself, learned" table={pair.learned} {...words} />}
      </div>
      <p className="words-note">{`Said at once, ${(100 * pair.variation).toFixed(0)} % of the pairs are wrong even for the exact denoiser.`}</p>
      {!pair.learned && <p className="words-note">{NOT_ASKED}</p>}
      <p className="words-note">{ABOUT}</p>
    </section>
  );
}

/** Words without a pair of this share are left out; of a network that is still learning, all of whose words have some, a larger one. */
const LEAST = 0.01;
const LEAST_LEARNED = 0.03;

const isSeen = ({ joint, product, learned }: PairAnswer, v: number, w: number): boolean => {
  const at = v * V + w;
  return Math.max(joint[at]!, product[at]!) > LEAST || (learned?.[at] ?? 0) > LEAST_LEARNED;
};

interface HeatMapProps {
  readonly title: string;
  readonly table: Float64Array;
  /** The words that have any share in one of the maps: all have the same, so that they can be compared. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** The darkest is the most probable pair. */
function HeatMap({ title, table, rows, columns }: HeatMapProps) {
  const most = Math.max(...table, 1e-9);
  return (
    <figure className="words-map">
      <figcaption>{title}</figcaption>
      <table aria-label={title}>
        <thead>
          <tr>
            <td />
            {columns.map((w) => (
              <th key={w} scope="col">
                {WORDS[w]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((v) => (
            <tr key={v}>
              <th scope="row">{WORDS[v]}</th>
              {columns.map((w) => (
                <td key={w} style={{ '--share': table[v * V + w]! / most } as CSSProperties}>
                  <span className="visually-hidden">{`${(100 * table[v * V + w]!).toFixed(1)} %`}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const indices = Array.from({ length: V }, (_, v) => v);
