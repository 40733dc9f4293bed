import { excludes } from '../../experiment/agreements.ts';
import { type BackendChoice, backendNames, factsOfBackend } from '../../experiment/backends.ts';
import type { Activation, TrainingPace } from '../../experiment/types.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Select, type SelectOption } from '../../ui/Select.tsx';
import { BACKEND_SETTING } from '../settingsSheet.ts';
import { FieldSlider } from './FieldSlider.tsx';
import { LossFields } from './LossFields.tsx';
import { Setting } from './Setting.tsx';
import { TrainingFields } from './TrainingFields.tsx';

const ACTIVATIONS: readonly { readonly value: Activation; readonly label: string }[] = [
  { value: 'silu', label: 'SiLU' },
  { value: 'gelu', label: 'GELU' },
  { value: 'relu', label: 'ReLU' },
  { value: 'tanh', label: 'tanh' },
];

const CHOICES: readonly SelectOption<BackendChoice>[] = [
  { value: 'auto', label: 'Choose for me', summary: 'The fastest on this device, by a short trial.' },
  ...backendNames.map((value) => ({ value, ...factsOfBackend(value) })),
];

const PACES: readonly SelectOption<TrainingPace>[] = [
  {
    value: 'followed',
    label: 'Slow enough to follow (about 10 s)',
    summary: 'The first steps are taken one by one; training on is at full speed.',
  },
  { value: 'full', label: 'As fast as it can', summary: 'The budget is spent at full speed.' },
];

const decimals = (value: number) => String(Number(value.toPrecision(3)));

export function ModelPanel() {
  const activation = useField('activation');
  const config = usePlayground((state) => state.config);
  const backend = useField('backend');
  const pace = useField('pace');
  const engine = usePlayground((state) => state.engine);
  const actions = usePlaygroundActions();
  return (
    <section className="panel-section">
      <TrainingFields />
      <LossFields />
      <FieldSlider
        name="learningRate"
        format={decimals}
        hint="Size of Adam’s steps; too large and the loss diverges."
      />
      <FieldSlider name="batchSize" hint="Noised points per training step." />
      <FieldSlider name="budgetSteps" hint="Training stops here by itself; it can always go on." />
      <Select
        label="Training speed"
        value={pace}
        options={PACES}
        onChange={(id) => actions.set({ pace: id })}
      />
      <FieldSlider name="width" hint="Units of each hidden layer." />
      <FieldSlider name="depth" hint="Hidden layers." />
      <Setting of="activation">
        <Select
          label="Activation"
          value={activation}
          options={ACTIVATIONS.map((option) => ({
            ...option,
            disabled: excludes(config, 'activation', option.value),
          }))}
          onChange={(id) => actions.set({ activation: id })}
        />
      </Setting>
      <FieldSlider
        name="emaDecay"
        step={0.001}
        format={decimals}
        hint="Samples are drawn with a moving average of the weights; 0 turns it off."
      />
      <div id={BACKEND_SETTING}>
        <Setting of="backend">
          <Select
            label="Computes on"
            value={backend}
            options={CHOICES}
            onChange={(id) => actions.set({ backend: id })}
          />
        </Setting>
      </div>
      {engine !== null && (
        <p className="panel-note">
          {engine.adapter === null ? engine.reason : `Adapter: ${engine.adapter}. ${engine.reason}`}
        </p>
      )}
    </section>
  );
}
