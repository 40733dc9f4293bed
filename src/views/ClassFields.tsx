import { taughtClasses } from '../experiment/dataset.ts';
import { useDataConfig } from '../pages/useDataConfig.ts';
import { useField } from '../store/react.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { Slider } from '../ui/Slider.tsx';
import { REVERSE_STAGE } from './reverse/parts.ts';
import type { SettingsProps } from './settingsProps.ts';
import type { AskedClass } from './types.ts';

const { min, max } = REVERSE_STAGE.guidance.codec;

/** Which class a stage asks for, and how much of it: shown where classes are taught. */
export function ClassFields({
  stage,
  change,
}: SettingsProps<Pick<AskedClass, 'ofClass'> & Partial<AskedClass>>) {
  const names = taughtClasses({ ...useDataConfig(), conditional: useField('conditional') });
  if (names.length === 0) return null;
  const classes = names.map((name, y) => ({
    value: String(y + 1),
    label: String(y + 1),
    name: `Class ${y + 1}, ${name}`,
  }));
  const own = names[stage.ofClass - 1];
  return (
    <>
      <Segmented
        label={own === undefined ? 'Class' : `Class: ${own}`}
        value={String(stage.ofClass)}
        options={[{ value: '0', label: 'Any', name: 'Any class' }, ...classes]}
        onChange={(id) => change({ ofClass: Number(id) })}
        hint="Which class is asked for. The exact answer is then that for the same class."
      />
      {own !== undefined && stage.guidance !== undefined && (
        <Slider
          label="Classifier-free guidance w"
          value={stage.guidance}
          min={min}
          max={max}
          step={0.1}
          defaultValue={0}
          onChange={(guidance) => change({ guidance })}
          hint="(1 + w) times the answer for the class minus w times the answer for any (Ho & Salimans 2022). 0 is the class as it is; more keeps to what is typical of it; −1 takes it away."
        />
      )}
    </>
  );
}
