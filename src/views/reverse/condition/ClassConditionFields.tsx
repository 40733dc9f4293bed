import { CONDITION } from '../../../experiment/conditions/check.ts';
import { CLASS_WAYS, type ClassCondition } from '../../../experiment/conditions/types.ts';
import { classNamesOf } from '../../../experiment/dataset.ts';
import { useDataConfig } from '../../../pages/useDataConfig.ts';
import { useField } from '../../../store/react.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { optionsOf } from './options.ts';
import { WAYS } from './words.ts';

interface Props {
  readonly condition: ClassCondition;
  readonly ask: (next: ClassCondition) => void;
}

/** One class, and how strongly it is asked for. */
export function ClassConditionFields({ condition, ask }: Props) {
  const names = classNamesOf(useDataConfig());
  const taught = useField('conditional');
  const { way, algorithm, at, index, scale } = condition;
  const classes = names.map((name, y) => ({
    value: String(y + 1),
    label: String(y + 1),
    name: `Class ${y + 1}, ${name}`,
  }));
  const ways = optionsOf(CLASS_WAYS, WAYS.class).map((option) =>
    option.value === 'classifier-free' && !taught
      ? { ...option, label: `${option.label} (teach the classes first)`, disabled: true }
      : option,
  );
  return (
    <>
      <Segmented
        label={`Class: ${names[index - 1] ?? index}`}
        value={String(index)}
        options={classes}
        onChange={(id) => ask({ ...condition, index: Number(id) })}
      />
      <Slider
        label="Scale s of the class"
        value={scale}
        min={CONDITION.scale.min}
        max={CONDITION.scale.max}
        step={0.1}
        onChange={(next) => ask({ ...condition, scale: next })}
        hint="1 is Bayes’ rule: p(x|y). More means p(x)p(y|x)^s, which guidance is after and does not reach."
      />
      <Select
        label="Way of the class"
        value={way}
        options={ways}
        onChange={(next) => ask({ ...condition, way: next })}
      />
      {way !== 'classifier-free' && (
        <Segmented
          label="Algorithm of guidance"
          value={String(algorithm)}
          options={[
            { value: '1', label: '1: mean', name: 'Algorithm 1, shifts the mean of each step' },
            { value: '2', label: '2: ε̂', name: 'Algorithm 2, shifts the predicted noise' },
          ]}
          onChange={(id) => ask({ ...condition, algorithm: id === '1' ? 1 : 2 })}
        />
      )}
      {way !== 'classifier-free' && algorithm === 1 && (
        <Segmented
          label="Gradient of the classifier at"
          value={at}
          options={[
            { value: 'mean', label: 'μ', name: 'The mean of the step' },
            { value: 'x', label: 'x_t', name: 'Where the step starts' },
          ]}
          onChange={(place) => ask({ ...condition, at: place })}
        />
      )}
    </>
  );
}
