import { useState } from 'react';
import type { Density } from '../../../core/types.ts';
import { NEW_CONDITION } from '../../../experiment/conditions/check.ts';
import { roundOutline } from '../../../experiment/conditions/outline.ts';
import { conditionProblem } from '../../../experiment/conditions/problem.ts';
import type { Condition } from '../../../experiment/conditions/types.ts';
import { classNamesOf, datasetOf } from '../../../experiment/dataset.ts';
import { stageView } from '../../../experiment/stageView.ts';
import { useDataConfig } from '../../../pages/useDataConfig.ts';
import { useField } from '../../../store/react.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import type { SettingsProps } from '../../settingsProps.ts';
import { conditionConflict } from '../rules.ts';
import type { ReverseStage } from '../stage.ts';
import { ClassConditionFields } from './ClassConditionFields.tsx';
import { ConditionReport } from './ConditionReport.tsx';
import { FactorFields } from './FactorFields.tsx';
import { KnownFields } from './KnownFields.tsx';
import { RegionFields } from './RegionFields.tsx';
import { ScaleSweep } from './ScaleSweep.tsx';

type Kind = Condition['kind'] | 'none';

/** The controls of a condition; one that the data cannot meet is refused with a sentence. */
export default function ConditionFields({ stage, change }: SettingsProps<ReverseStage>) {
  const data = useDataConfig();
  const noise = useField('noise');
  const nChain = useField('nChain');
  const [refused, setRefused] = useState<string | null>(null);
  const { condition } = stage;
  const dataset = datasetOf(data);

  /** The exact target is shown beside whatever is asked for. */
  const ask = (next: Condition | null) => {
    const found = next && conditionProblem(next, dataset, noise);
    setRefused(found ? `${found.problem} ${found.advice}` : null);
    if (found) return;
    const shown = condition === null && next !== null && !stage.layers.includes('contours');
    change({ condition: next, ...(shown && { layers: [...stage.layers, 'contours'] }) });
  };
  const begin = (kind: Kind) => ask(kind === 'none' ? null : beginning(kind));
  const beginning = (kind: Condition['kind']): Condition => {
    const { centre, halfWidth } = stageView(dataset, noise);
    if (kind === 'r') return { ...NEW_CONDITION.r, centre: rounded(centre), sd: twice(halfWidth / 6) };
    if (kind === 'known') return { ...NEW_CONDITION.known, value: rounded(centre)[0] };
    if (kind === 'region') {
      return {
        ...NEW_CONDITION.region,
        outline: roundOutline(heaviest(dataset.density(noise)), halfWidth / 4),
      };
    }
    return NEW_CONDITION.class;
  };
  const conflict = conditionConflict(stage, nChain);
  return (
    <div className="condition-fields">
      <Segmented<Kind>
        label="Condition"
        hideLabel
        value={condition?.kind ?? 'none'}
        options={[
          { value: 'none', label: 'None' },
          { value: 'r', label: 'r(x)', name: 'Multiply by r of x' },
          { value: 'known', label: 'Known', name: 'A known coordinate' },
          { value: 'region', label: 'Lasso', name: 'Within an outline' },
          { value: 'class', label: 'Class', name: 'One class', disabled: classNamesOf(data).length === 0 },
        ]}
        onChange={begin}
      />
      {condition?.kind === 'r' && <FactorFields condition={condition} ask={ask} />}
      {condition?.kind === 'known' && <KnownFields condition={condition} ask={ask} />}
      {condition?.kind === 'region' && <RegionFields condition={condition} ask={ask} />}
      {condition?.kind === 'class' && <ClassConditionFields condition={condition} ask={ask} />}
      <p className="condition-problem" role="status">
        {refused ??
          (conflict && `${conflict.problem} ${conflict.advice} Until then the stage has no condition.`)}
      </p>
      {condition !== null && <ConditionReport stage={stage} />}
      {condition?.kind === 'class' && <ScaleSweep stage={stage} />}
    </div>
  );
}

/** Where the data certainly are: the middle of their heaviest component. */
function heaviest(density: Density): readonly [number, number] {
  const most = density.reduce((best, component) => (component.weight > best.weight ? component : best));
  if (most.kind === 'gaussian') return most.mean;
  return [(most.low[0] + most.high[0]) / 2, (most.low[1] + most.high[1]) / 2];
}

const toTenth = (value: number): number => Math.round(value * 10) / 10;
const rounded = ([x, y]: readonly [number, number]) => [toTenth(x), toTenth(y)] as const;
const twice = (sd: number) => [toTenth(sd), toTenth(sd)] as const;
