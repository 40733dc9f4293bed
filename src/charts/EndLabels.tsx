import { useEffect, useRef, useState } from 'react';
import { type EndLabel, endLabels } from './endLabels.ts';
import type { Figure } from './figure.ts';
import { MARGINS } from './toPlotly.ts';
import { watchSize } from './watchSize.ts';

/** Of a name's line, CSS pixels before the theme's text scale. */
const SPACING = 15;
/** Of the strokes from the ends of the lines to their names. */
const REACH = MARGINS.right + 8;

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
      const height = element.clientHeight - (MARGINS.top + MARGINS.bottom) * scale;
      setRoom((last) => (last.height === height && last.scale === scale ? last : { height, scale }));
    };
    return watchSize(element, measure);
  }, []);
  const spacing = SPACING * scale;
  const labels = endLabels(figure, height, spacing);
  const top = MARGINS.top * scale;
  return (
    <ul className="chart-ends" ref={list} style={{ minHeight: top + spacing * labels.length }}>
      {labels.map((label, i) => (
        <li
          key={`${label.look} ${label.colour}`}
          style={{ top: top + label.middle - spacing / 2 - i * spacing, height: spacing }}
        >
          <EndStroke label={label} spacing={spacing} width={REACH * scale} />
          <span title={label.name}>{label.name}</span>
        </li>
      ))}
    </ul>
  );
}

interface EndStrokeProps {
  readonly label: EndLabel;
  readonly spacing: number;
  readonly width: number;
}

/** From the end of the line to its name, drawn as the line is. */
function EndStroke({ label: { look, colour, dash, end, middle }, spacing, width }: EndStrokeProps) {
  const [from, to] = [end - middle + spacing / 2, spacing / 2];
  const paint = `var(--${colour})`;
  return (
    <svg width={width} height={spacing} style={{ marginInlineStart: -width }} aria-hidden="true">
      {look === 'line' && (
        <g fill="none" stroke={paint}>
          <path d={`M1 ${from.toFixed(1)}L${width - 18} ${to}`} strokeWidth="1" opacity="0.6" />
          <path d={`M${width - 18} ${to}h16`} strokeWidth="2" strokeDasharray={dash?.join(' ')} />
        </g>
      )}
      {look === 'point' && <circle cx={width - 8} cy={to} r="3" fill={paint} />}
      {look === 'area' && <rect x={width - 14} y={to - 4} width="12" height="8" fill={paint} opacity="0.3" />}
    </svg>
  );
}
