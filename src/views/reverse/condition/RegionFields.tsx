import { boundsOf, movedTo, scaledBy } from '../../../experiment/conditions/outline.ts';
import { REGION_WAYS, type RegionCondition } from '../../../experiment/conditions/types.ts';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { useDataView } from './FactorFields.tsx';
import { optionsOf } from './options.ts';
import { WAYS } from './words.ts';

interface Props {
  readonly condition: RegionCondition;
  readonly ask: (next: RegionCondition) => void;
}

/** An outline that is drawn on the stage: its place and size in numbers. */
export function RegionFields({ condition, ask }: Props) {
  const view = useDataView();
  const { outline } = condition;
  const { middle, halfWidth } = boundsOf(outline);
  const most = Math.max(view.halfWidth, halfWidth);
  const slider = (axis: 0 | 1) => ({
    value: round(middle[axis]),
    min: Math.min(round(middle[axis]), round(view.centre[axis] - view.halfWidth)),
    max: Math.max(round(middle[axis]), round(view.centre[axis] + view.halfWidth)),
    step: 0.01,
  });
  return (
    <>
      <p>
        Drag the dot on the outline around the points that you want. The dot in its middle moves it; with the
        keyboard, arrows move it, + and − change its size.
      </p>
      <Select
        label="Way of the outline"
        value={condition.way}
        options={optionsOf(REGION_WAYS, WAYS.region)}
        onChange={(way) => ask({ ...condition, way })}
      />
      <Slider
        label="Middle x of the outline"
        {...slider(0)}
        onChange={(x) => ask({ ...condition, outline: movedTo(outline, [x, middle[1]]) })}
      />
      <Slider
        label="Middle y of the outline"
        {...slider(1)}
        onChange={(y) => ask({ ...condition, outline: movedTo(outline, [middle[0], y]) })}
      />
      <Slider
        label="Half width of the outline"
        value={round(halfWidth)}
        min={0.05}
        max={round(most)}
        step={0.01}
        onChange={(wide) => ask({ ...condition, outline: scaledBy(outline, wide / halfWidth) })}
      />
    </>
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
