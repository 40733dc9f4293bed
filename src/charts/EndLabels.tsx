import { useEffect, useRef, useState } from 'react';
import { endLabels } from './endLabels.ts';
import type { Figure, Line } from './figure.ts';
import { MARGINS } from './toPlotly.ts';

/** Of a name's line, CSS pixels before the theme's text scale. */
const SPACING = 15;
/** Of the strokes from the ends of the lines to their names. */
const REACH = MARGINS.right + 6;

interface Room {
  /** Of the plot, CSS pixels. */
  readonly height: number;
  readonly scale: number;
}

/** Which line is which, in words beside their ends, each with a stroke of its line. */
export function EndLabels({ figure }: { readonly figure: Figure }) {
  const list = useRef<HTMLUListElement>(null);
  const [{ height, scale }, setRoom] = useState<Room>({ height: 120, scale: 1 });
  useEffect(() => {
    const element = list.current;
    if (element === null || typeof ResizeObserver !== 'function') return;
    const measure = () => {
      const scale = Number.parseFloat(getComputedStyle(element).getPropertyValue('--text-scale')) || 1;
      setRoom({ height: element.clientHeight - (MARGINS.top + MARGINS.bottom) * scale, scale });
    };
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, []);
  const spacing = SPACING * scale;
  const labels = endLabels(figure, height, spacing);
  const top = MARGINS.top * scale;
  return (
    <ul className="chart-ends" ref={list} style={{ minHeight: top + spacing * labels.length }}>
      {labels.map(({ line, end, middle }, i) => (
        <li key={line.name} style={{ top: top + middle - spacing / 2 - i * spacing, height: spacing }}>
          <EndStroke line={line} from={end - middle + spacing / 2} to={spacing / 2} width={REACH * scale} />
          <span title={line.name}>{line.name}</span>
        </li>
      ))}
    </ul>
  );
}

interface EndStrokeProps {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

function EndStroke({ line, from, to, width }: EndStrokeProps) {
  return (
    <svg width={width} height={2 * to} style={{ marginInlineStart: -width }} aria-hidden="true">
      {line.x.length === 1 ? (
        <circle cx={width - 8} cy={to} r="3" fill={`var(--${line.colour})`} />
      ) : (
        <polyline
          points={`1,${from.toFixed(1)} ${width - 14},${to} ${width - 2},${to}`}
          fill="none"
          stroke={`var(--${line.colour})`}
          strokeWidth={Math.max(1.5, line.width ?? 2)}
          strokeDasharray={line.dash?.join(' ')}
        />
      )}
    </svg>
  );
}
