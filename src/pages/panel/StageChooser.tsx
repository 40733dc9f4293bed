import { useField } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { viewOf } from '../../views/index.ts';

export interface StageChoice {
  readonly selected: number;
  readonly onSelect: (index: number) => void;
}

/** Which stage the settings below are of. */
export function StageChooser({ selected, onSelect }: StageChoice) {
  const stages = useField('stages');
  const nChain = useField('nChain');
  const options = stages.map((stage, index) => ({
    value: String(index),
    label: String(index + 1),
    name: `Stage ${index + 1}: ${viewOf(stage).text(stage, nChain).title}`,
  }));
  return (
    <Segmented
      label="Stage"
      value={String(selected)}
      options={options}
      onChange={(index) => onSelect(Number(index))}
    />
  );
}
