import { DRAWN } from '../../core/schedules/handDrawn.ts';
import { aboutSchedule, scheduleChoices } from '../../experiment/noise.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { CheckGroup } from '../../ui/CheckGroup.tsx';
import { Select } from '../../ui/Select.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { DrawnScheduleField } from './DrawnScheduleField.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { Setting } from './Setting.tsx';

const options = scheduleChoices.map(({ id, label, summary }) => ({ value: id, label, summary }));

/** The β schedule, and others to compare it with. */
export function ScheduleFields() {
  const schedule = useField('schedule');
  const rescale = useField('rescale');
  const zeroTerminalSnr = useField('zeroTerminalSnr');
  const overlays = useField('overlays');
  const actions = usePlaygroundActions();
  return (
    <>
      <Setting of="schedule">
        <Select
          label="β schedule"
          value={schedule}
          options={options}
          onChange={(id) => actions.set({ schedule: id })}
        />
      </Setting>
      <ParameterFields owner={`schedule.${schedule}`} parameters={aboutSchedule(schedule).parameters ?? []} />
      {schedule === DRAWN.id && <DrawnScheduleField />}
      {aboutSchedule(schedule).rescales && (
        <Setting of="rescale">
          <Toggle
            label="Scale β by 1000/T"
            value={rescale}
            onChange={(on) => actions.set({ rescale: on })}
            hint="DDPM’s β range, 0.0001 to 0.02, is made for T = 1000. Scaled, every T ends in noise."
          />
        </Setting>
      )}
      <Setting of="zeroTerminalSnr">
        <Toggle
          label="Zero terminal SNR (end in pure noise)"
          value={zeroTerminalSnr}
          onChange={(on) => actions.set({ zeroTerminalSnr: on })}
          hint="The signal-to-noise ratio at the end: √ᾱ is shifted and stretched until no more than a thousandth of the signal is left at T, ᾱ_T = 10⁻⁶."
        />
      </Setting>
      <Setting of="overlays">
        <CheckGroup
          label="Compare in the chart"
          value={overlays}
          options={options.filter(({ value }) => value !== schedule)}
          onChange={(ids) => actions.set({ overlays: ids })}
        />
      </Setting>
    </>
  );
}
