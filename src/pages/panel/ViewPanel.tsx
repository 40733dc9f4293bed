import type { Layer, StageConfig, ThemeChoice } from '../../config/types.ts';
import { CheckGroup } from '../../controls/CheckGroup.tsx';
import { Select } from '../../controls/Select.tsx';
import { Toggle } from '../../controls/Toggle.tsx';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { FieldSlider } from './FieldSlider.tsx';
import { type StageChoice, StageChooser } from './StageChooser.tsx';

const LAYERS: Readonly<Record<Layer, string>> = {
  points: 'Points',
  density: 'Density',
  trails: 'Trails',
  'x0-hat': 'Predicted x̂₀',
  arrows: 'Arrows to x̂₀',
  mesh: 'Mesh of x_T',
  data: 'True data',
};

/** What makes sense to draw on each kind of stage. */
const LAYERS_OF: Readonly<Record<StageConfig['kind'], readonly Layer[]>> = {
  forward: ['points', 'density', 'trails', 'data'],
  reverse: ['points', 'density', 'trails', 'x0-hat', 'arrows', 'mesh', 'data'],
  score: ['data'],
};

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'projector', label: 'Projector' },
];

export function ViewPanel(choice: StageChoice) {
  const stage = useField('stages')[choice.selected];
  const theme = useField('theme');
  const loop = useField('loop');
  const actions = usePlaygroundActions();
  return (
    <section className="panel-section">
      <StageChooser {...choice} />
      {stage !== undefined && (
        <CheckGroup
          label="Drawn on this stage"
          value={stage.layers}
          options={LAYERS_OF[stage.kind].map((layer) => ({ value: layer, label: LAYERS[layer] }))}
          onChange={(layers) => actions.changeStage(choice.selected, { layers })}
        />
      )}
      <FieldSlider name="nParticles" hint="Particles in every stage." />
      <FieldSlider name="speed" format={(speed) => `${Number(speed.toPrecision(2))}×`} />
      <Toggle label="Loop" value={loop} onChange={(on) => actions.set({ loop: on })} />
      <Select label="Theme" value={theme} options={THEMES} onChange={(id) => actions.set({ theme: id })} />
    </section>
  );
}
