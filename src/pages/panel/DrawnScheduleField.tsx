import { useEffect } from 'react';
import { drawnSchedule } from '../../core/schedules/drawn.ts';
import { CURVE_LEVELS, controlPoints, curveOf, MAX_CURVE_POINTS } from '../../experiment/curveCodec.ts';
import { FIELDS } from '../../experiment/fields.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { CurveEditor } from '../../ui/CurveEditor.tsx';
import type { Curve } from '../../ui/curve.ts';

const defaultPoints = controlPoints(FIELDS.drawnSchedule.default);
const alphaBarOf = (points: Curve) => drawnSchedule(points, 'alpha-bar').alphaBar;

/** ᾱ over time, by hand. */
export function DrawnScheduleField() {
  const curve = useField('drawnSchedule');
  const actions = usePlaygroundActions();
  useEffect(() => () => actions.previewCurve(null), [actions]);
  return (
    <CurveEditor
      label="Signal left over time"
      hint="Drag the points. Double-click, or press Enter on a point, for another; Delete removes one."
      points={controlPoints(curve)}
      onChange={(points) => actions.set({ drawnSchedule: curveOf(points) })}
      onPreview={(points) => actions.previewCurve(points && curveOf(points))}
      curveOf={alphaBarOf}
      quantity="ᾱ"
      start="data"
      end="noise"
      unit={1 / CURVE_LEVELS}
      maxPoints={MAX_CURVE_POINTS}
      defaultPoints={defaultPoints}
    />
  );
}
