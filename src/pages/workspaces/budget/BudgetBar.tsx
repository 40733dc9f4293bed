import { formatCount, formatNumber } from '../../../experiment/numberText.ts';
import { BUDGET_PARTS, type BudgetPart, type BudgetResult } from '../../../protocol/studies.ts';
import './budget.css';

const WIDTH = 600;
const HEIGHT = 64;
const TOP = 12;
const THICK = 32;

/** A part is told from 0 by so many of its errors. */
const SURE = 2;

const NAMES: Readonly<Record<BudgetPart, string>> = {
  prior: 'Start (x_T is not noise)',
  network: 'Network (score)',
  solver: 'Solver (steps)',
  guidance: 'Guidance (w)',
  condition: 'Way of conditioning',
};

interface BudgetBarProps {
  readonly result: BudgetResult;
  /** Training steps of the network. */
  readonly step: number;
  /** The class whose true draws the samples are held against, 1…K, or 0 for all data. */
  readonly ofClass: number;
  /** Whether they are held against exact draws under a condition. */
  readonly conditioned: boolean;
}

/** The parts of the error as one bar, with their standard errors, and as numbers. */
export function BudgetBar({ result, step, ofClass, conditioned }: BudgetBarProps) {
  const { total, errors, perfect } = result;
  const parts = partsOf(result);
  const below = parts.filter((part) => result[part] < -SURE * result.errors[part]);
  const lengths = parts.map((part) => Math.max(0, result[part]));
  const ends = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((all, length) => all + length, 0));
  const reach = [total + errors.total, ...parts.map((part, i) => ends[i]! + errors[part])];
  const most = 1.05 * Math.max(...reach, 1e-9);
  const at = (value: number) => (WIDTH * Math.max(0, value)) / most;
  return (
    <div className="budget">
      <svg className="budget-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words(result)}>
        {parts.map((part, i) => (
          <rect
            key={part}
            className={`budget-part is-${part}`}
            x={at(ends[i]! - lengths[i]!)}
            y={TOP}
            width={at(lengths[i]!)}
            height={THICK}
          />
        ))}
        {parts.map((part, i) => (
          <path
            key={part}
            className="budget-error"
            d={whisker(
              at(ends[i]! - errors[part]),
              at(ends[i]! + errors[part]),
              TOP + THICK * ((i + 1) / (parts.length + 1)),
            )}
          />
        ))}
        <path
          className="budget-error"
          d={whisker(at(total - errors.total), at(total + errors.total), TOP + THICK + 10)}
        />
      </svg>
      <ul className="budget-parts">
        {parts.map((part) => (
          <li key={part}>
            <span className={`budget-swatch is-${part}`} />
            <span>{NAMES[part]}</span>
            <span>{`${formatNumber(result[part], 3)} ± ${errors[part].toFixed(3)}`}</span>
          </li>
        ))}
        <li>
          <span className="budget-swatch" />
          <span>{conditioned ? 'Beyond exact draws' : 'Beyond true draws'}</span>
          <span>{`${formatNumber(total, 3)} ± ${errors.total.toFixed(3)}`}</span>
        </li>
      </ul>
      <p className="workspace-note">
        {`Sliced W₂ in units: the samples have ${result.distance.toFixed(3)}, ${conditioned ? 'exact draws under the condition' : `true draws${ofClass > 0 ? ` of class ${ofClass}` : ''}`} ${perfect.toFixed(3)}; ${result.draws} draws. The network is that of step ${formatCount(step)}.`}
      </p>
      {below.length > 0 && (
        <p className="workspace-note">
          {`Below 0, and not in the bar: ${below.map((part) => NAMES[part]).join(', ')}, which makes up for some of the others, so that the mark below the bar, which is the whole, ends before it.`}
        </p>
      )}
    </div>
  );
}

/** Parts that not every stage has: guidance, and the way of a condition. */
const RARE: readonly BudgetPart[] = ['guidance', 'condition'];

const partsOf = (result: BudgetResult): readonly BudgetPart[] =>
  BUDGET_PARTS.filter((part) => !RARE.includes(part) || result[part] !== 0 || result.errors[part] !== 0);

const whisker = (from: number, to: number, y: number): string =>
  `M${from} ${y - 4}V${y + 4}M${from} ${y}H${to}M${to} ${y - 4}V${y + 4}`;

function words(result: BudgetResult): string {
  const parts = partsOf(result).map(
    (part) => `${NAMES[part]} ${result[part].toFixed(3)} ± ${result.errors[part].toFixed(3)}`,
  );
  return `Error budget: ${parts.join('; ')}; together ${result.total.toFixed(3)} ± ${result.errors.total.toFixed(3)}.`;
}
