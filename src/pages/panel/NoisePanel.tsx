import { CheckGroup } from '../../controls/CheckGroup.tsx';
import { Select } from '../../controls/Select.tsx';
import { Toggle } from '../../controls/Toggle.tsx';
import { chainTables } from '../../core/chain.ts';
import { schedules } from '../../core/schedules/index.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { FieldSlider } from './FieldSlider.tsx';

/** Above this, x_T still shows the data: a sampler that starts from pure noise starts in the wrong place. */
const SMALL_ALPHA_BAR = 0.01;

const options = schedules.entries.map(({ id, label, summary }) => ({ value: id as string, label, summary }));

export function NoisePanel() {
  const schedule = useField('schedule');
  const rescale = useField('rescale');
  const overlays = useField('overlays');
  const actions = usePlaygroundActions();
  const { rescales } = schedules.get(schedule);
  return (
    <section className="panel-section">
      <Select
        label="β schedule"
        value={schedule}
        options={options}
        onChange={(id) => actions.set({ schedule: id })}
      />
      <FieldSlider name="nChain" label="Steps T" hint="Number of small noising steps from data to noise." />
      {rescales && (
        <Toggle
          label="Scale β by 1000/T"
          value={rescale}
          onChange={(on) => actions.set({ rescale: on })}
          hint="DDPM’s β range, 0.0001 to 0.02, is made for T = 1000. Scaled, every T ends in noise."
        />
      )}
      <TerminalSignal />
      <CheckGroup
        label="Compare in the chart"
        value={overlays}
        options={options.filter(({ value }) => value !== schedule)}
        onChange={(ids) => actions.set({ overlays: ids })}
      />
    </section>
  );
}

/** How much of the data is left in x_T. */
function TerminalSignal() {
  const schedule = useField('schedule');
  const nChain = useField('nChain');
  const rescale = useField('rescale');
  const { alphasCumprod } = chainTables(schedules.get(schedule).betas(nChain, { rescale }));
  const last = alphasCumprod.at(-1) ?? 0;
  const text = last < 1e-3 ? last.toExponential(1) : last.toFixed(3);
  return (
    <div>
      <p>
        Signal left at the end: ᾱ<sub>T</sub> = <strong>{text}</strong>
      </p>
      {last > SMALL_ALPHA_BAR && (
        <p className="panel-warning" role="status">
          x<sub>T</sub> is not pure noise yet, so samplers that start from noise start in the wrong place.
          Scale β, or use more steps.
        </p>
      )}
    </div>
  );
}
