import { useField, usePlaygroundActions } from '../store/react.ts';
import { Select } from '../ui/Select.tsx';
import { WORLDS, worldIds } from '../worlds/ids.ts';

const options = worldIds.map((value) => ({ value, label: WORLDS[value].label }));

/** Points, or another kind of data. */
export function WorldSwitch() {
  const world = useField('world');
  const actions = usePlaygroundActions();
  return <Select label="World" hideLabel value={world} options={options} onChange={actions.setWorld} />;
}
