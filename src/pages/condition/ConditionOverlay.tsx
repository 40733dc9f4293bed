import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { CONDITION } from '../../experiment/conditions/check.ts';
import { conditionProblem } from '../../experiment/conditions/problem.ts';
import { type Condition, directionOf } from '../../experiment/conditions/types.ts';
import { datasetOf } from '../../experiment/dataset.ts';
import type { SquareView } from '../../experiment/stageView.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { useDataConfig } from '../useDataConfig.ts';
import { type Handle, handlesOf } from './handles.ts';
import './conditionOverlay.css';

type Point = readonly [x: number, y: number];

const NO_AREA = {
  problem: 'The line that was drawn encloses nothing.',
  advice: 'Draw it all around the points that you want.',
};

interface ConditionOverlayProps {
  readonly index: number;
  readonly condition: Condition;
  /** The square that the stage shows. */
  readonly view: SquareView;
  /** Only to be looked at. */
  readonly fixed: boolean;
}

/** Beyond the square, where a wide stage shows more: as far as lines are drawn, in its half widths. */
const BEYOND = 4;

/**
 * The condition of a stage over its picture, to be dragged: r as an ellipse, a known coordinate as a line, an outline to be drawn anew.
 * With the keyboard arrows move a handle, with Shift further, and + and − change the size of what has one.
 */
export default function ConditionOverlay({ index, condition, view, fixed }: ConditionOverlayProps) {
  const actions = usePlaygroundActions();
  const data = useDataConfig();
  const noise = useField('noise');
  const svg = useRef<SVGSVGElement>(null);
  const { centre, halfWidth } = view;
  const [path, setPath] = useState<readonly Point[]>([]);
  const [refused, setRefused] = useState<string | null>(null);

  /** What the data cannot meet is not taken: the handle stays. */
  const ask = (next: Condition) => {
    if (conditionProblem(next, datasetOf(data), noise) === null)
      void actions.changeStage(index, { condition: next });
  };
  /** A lasso that encloses no data gets a sentence, and changes nothing. */
  const take = (drawn: Condition | null) => {
    setPath([]);
    const found = drawn ? conditionProblem(drawn, datasetOf(data), noise) : NO_AREA;
    setRefused(found && `${found.problem} ${found.advice}`);
    if (drawn && !found) void actions.changeStage(index, { condition: drawn });
  };
  const pointAt = (event: PointerEvent): Point | null => {
    const matrix = svg.current?.getScreenCTM();
    if (!matrix) return null;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return [x, -y];
  };
  const size = 2 * halfWidth;
  return (
    <>
      <svg
        ref={svg}
        className="condition-overlay"
        viewBox={`${centre[0] - halfWidth} ${-centre[1] - halfWidth} ${size} ${size}`}
      >
        <title>The condition of this stage</title>
        <Shape condition={condition} reach={BEYOND * halfWidth} />
        <polyline
          className="condition-shape is-outer"
          points={path.map(([x, y]) => `${x},${-y}`).join(' ')}
        />
        {(fixed ? [] : handlesOf(condition)).map((handle) => (
          <HandleDot
            key={handle.name}
            handle={handle}
            radius={0.035 * halfWidth}
            step={0.02 * halfWidth}
            onMove={(to) => ask(handle.moved(to))}
            onResize={handle.resized && ((factor) => ask(handle.resized!(factor)))}
            onDraw={handle.drawn && setPath}
            onDrawn={() => take(handle.drawn!(path))}
            path={path}
            pointAt={pointAt}
          />
        ))}
      </svg>
      <p className="condition-refused" role="status">
        {refused}
      </p>
    </>
  );
}

function Shape({ condition, reach }: { readonly condition: Condition; readonly reach: number }) {
  if (condition.kind === 'r') {
    const { centre, sd, angle } = condition;
    const place = `translate(${centre[0]} ${-centre[1]}) rotate(${-angle})`;
    return (
      <g transform={place}>
        <ellipse rx={sd[0]} ry={sd[1]} className="condition-shape" />
        <ellipse rx={2 * sd[0]} ry={2 * sd[1]} className="condition-shape is-outer" />
      </g>
    );
  }
  if (condition.kind === 'known') {
    const [ux, uy] = directionOf(condition);
    const [x, y] = [condition.value * ux, condition.value * uy];
    return (
      <line
        x1={x - reach * uy}
        y1={-(y + reach * ux)}
        x2={x + reach * uy}
        y2={-(y - reach * ux)}
        className="condition-shape"
      />
    );
  }
  if (condition.kind === 'region') {
    return (
      <polygon
        points={condition.outline.map(([x, y]) => `${x},${-y}`).join(' ')}
        className="condition-shape"
      />
    );
  }
  return null;
}

interface HandleDotProps {
  readonly handle: Handle;
  readonly radius: number;
  /** Of an arrow key, data units. */
  readonly step: number;
  readonly onMove: (to: Point) => void;
  readonly onResize: ((factor: number) => void) | undefined;
  /** The path so far, where a drag draws. */
  readonly onDraw: ((path: readonly Point[]) => void) | undefined;
  readonly onDrawn: () => void;
  readonly path: readonly Point[];
  readonly pointAt: (event: PointerEvent) => Point | null;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** What + and − do to the size. */
const SIZES: Readonly<Record<string, number>> = { '+': 1.1, '=': 1.1, '-': 1 / 1.1, '−': 1 / 1.1 };

function HandleDot({
  handle,
  radius,
  step,
  onMove,
  onResize,
  onDraw,
  onDrawn,
  path,
  pointAt,
}: HandleDotProps) {
  const { name, at, value, text } = handle;
  const { min, max } = CONDITION.coordinate;
  const onPointerDown = (event: PointerEvent<SVGCircleElement>) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.stopPropagation();
  };
  const onPointerMove = (event: PointerEvent<SVGCircleElement>) => {
    const to = event.currentTarget.hasPointerCapture(event.pointerId) ? pointAt(event) : null;
    if (to === null) return;
    if (onDraw) onDraw([...(path.length > 0 ? path : [at]), to]);
    else onMove(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [arrow, size] = [ARROWS[event.key], onResize && SIZES[event.key]];
    if ((arrow ?? size) === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (size !== undefined) onResize?.(size);
    if (arrow === undefined) return;
    const far = event.shiftKey ? 5 * step : step;
    onMove([at[0] + far * arrow[0], at[1] + far * arrow[1]]);
  };
  return (
    <circle
      className="condition-handle"
      cx={at[0]}
      cy={-at[1]}
      r={radius}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => path.length > 0 && onDrawn()}
      onPointerCancel={() => onDraw?.([])}
      onKeyDown={onKeyDown}
    />
  );
}
