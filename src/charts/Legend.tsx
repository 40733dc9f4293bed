import type { Line } from './figure.ts';

const DASHES = { dash: '6 4', dot: '2 2.5', dashdot: '6 3 2 3' } as const;

/** Which line is which, as text of the page. */
export function Legend({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ul className="chart-legend">
      {lines.map((line) => (
        <li key={line.name}>
          <svg width="20" height="8" aria-hidden="true">
            {line.x.length === 1 ? (
              <circle cx="10" cy="4" r="3" fill={`var(--${line.colour})`} />
            ) : (
              <line
                x1="0"
                x2="20"
                y1="4"
                y2="4"
                stroke={`var(--${line.colour})`}
                strokeWidth={Math.max(1.5, line.width ?? 2)}
                strokeDasharray={line.dash === undefined ? undefined : DASHES[line.dash]}
              />
            )}
          </svg>
          <span>{line.name}</span>
        </li>
      ))}
    </ul>
  );
}
