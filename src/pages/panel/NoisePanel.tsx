import { processes } from '../../core/processes/index.ts';
import { followsSchedule } from '../../experiment/scheduled.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Select } from '../../ui/Select.tsx';
import { FieldSlider } from './FieldSlider.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { ScheduleFields } from './ScheduleFields.tsx';
import { TerminalSignal } from './TerminalSignal.tsx';

const options = processes.entries.map(({ id, label, summary }) => ({ value: id as string, label, summary }));

/** How noise is added: the process and, where it follows one, its schedule. */
export function NoisePanel() {
  const process = useField('process');
  const actions = usePlaygroundActions();
  const scheduled = followsSchedule(process);
  return (
    <section className="panel-section">
      <Select label="Process" value={process} options={options} onChange={actions.setProcess} />
      <ParameterFields owner={`process.${process}`} parameters={processes.get(process).parameters} />
      <FieldSlider
        name="nChain"
        label="Steps T"
        hint={
          scheduled
            ? 'Number of small noising steps from data to noise.'
            : 'Into how many steps time is divided: samplers take all of them, or some.'
        }
      />
      {scheduled && <ScheduleFields />}
      <TerminalSignal />
    </section>
  );
}
