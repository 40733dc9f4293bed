import { CHARTS, chartIds } from '../../experiment/charts.ts';
import type { ThemeChoice } from '../../experiment/types.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { CheckGroup } from '../../ui/CheckGroup.tsx';
import { OrderedChecks } from '../../ui/OrderedChecks.tsx';
import { Select } from '../../ui/Select.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { viewOf } from '../../views/index.ts';
import { LAYERS } from '../../views/layers.ts';
import { FieldSlider } from './FieldSlider.tsx';
import { type StageChoice, StageChooser } from './StageChooser.tsx';

const THEMES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'projector', label: 'Projector' },
];

export function ViewPanel(choice: StageChoice) {
  const stage = useField('stages')[choice.selected];
  const charts = useField('charts');
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
          options={viewOf(stage).layers.map((id) => ({ value: id, label: LAYERS[id].label }))}
          onChange={(layers) => actions.changeStage(choice.selected, { layers })}
        />
      )}
      <OrderedChecks
        label="Charts"
        value={charts}
        options={chartIds.map((id) => ({ value: id, label: CHARTS[id].label }))}
        onChange={(chosen) => actions.set({ charts: chosen })}
      />
      <FieldSlider name="nParticles" hint="Particles in every stage." />
      <FieldSlider name="speed" format={(speed) => `${Number(speed.toPrecision(2))}×`} />
      <Toggle label="Loop" value={loop} onChange={(on) => actions.set({ loop: on })} />
      <Select label="Theme" value={theme} options={THEMES} onChange={(id) => actions.set({ theme: id })} />
    </section>
  );
}
