import { CONDITION } from '../../../experiment/conditions/check.ts';
import { FACTOR_WAYS, type FactorCondition } from '../../../experiment/conditions/types.ts';
import { datasetOf } from '../../../experiment/dataset.ts';
import { stageView } from '../../../experiment/stageView.ts';
import { useDataConfig } from '../../../pages/useDataConfig.ts';
import { useField } from '../../../store/react.ts';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { optionsOf } from './options.ts';
import { WAYS } from './words.ts';

interface Props {
  readonly condition: FactorCondition;
  readonly ask: (next: FactorCondition) => void;
}

/** A Gaussian r(x): the ellipse that can be dragged on the stage, in numbers. */
export function FactorFields({ condition, ask }: Props) {
  const { centre, halfWidth } = useDataView();
  const [x, y] = condition.centre;
  const [first, second] = condition.sd;
  const wide = Math.max(halfWidth, first, second);
  return (
    <>
      <Select
        label="Way of r(x)"
        value={condition.way}
        options={optionsOf(FACTOR_WAYS, WAYS.r)}
        onChange={(way) => ask({ ...condition, way })}
      />
      <Slider
        label="Centre x of r"
        value={x}
        min={Math.min(x, round(centre[0] - halfWidth))}
        max={Math.max(x, round(centre[0] + halfWidth))}
        step={0.05}
        onChange={(value) => ask({ ...condition, centre: [value, y] })}
      />
      <Slider
        label="Centre y of r"
        value={y}
        min={Math.min(y, round(centre[1] - halfWidth))}
        max={Math.max(y, round(centre[1] + halfWidth))}
        step={0.05}
        onChange={(value) => ask({ ...condition, centre: [x, value] })}
      />
      <Slider
        label="Deviation of r"
        value={first}
        min={CONDITION.sd.min}
        max={round(wide)}
        step={0.01}
        onChange={(value) => ask({ ...condition, sd: [value, second] })}
        hint="The standard deviation along the first axis of the ellipse, which the angle turns."
      />
      <Slider
        label="Second deviation of r"
        value={second}
        min={CONDITION.sd.min}
        max={round(wide)}
        step={0.01}
        onChange={(value) => ask({ ...condition, sd: [first, value] })}
      />
      <Slider
        label="Angle of r"
        value={condition.angle}
        min={0}
        max={180}
        step={1}
        unit="°"
        onChange={(angle) => ask({ ...condition, angle })}
      />
    </>
  );
}

const round = (value: number): number => Math.round(value * 20) / 20;

/** The square that the stages show. */
export function useDataView() {
  const data = useDataConfig();
  return stageView(datasetOf(data), useField('noise'));
}
