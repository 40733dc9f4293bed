import { samplers } from '../../../core/samplers/index.ts';
import { timeGrids } from '../../../core/timeGrids/index.ts';
import { CheckGroup } from '../../../ui/CheckGroup.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import type { RaceChoice } from './entrants.ts';

const STEPS = [2, 5, 10, 20, 50, 100, 200, 500, 1000];
const SIZES = [500, 1000, 2000, 5000];
const DENOISERS = [
  { value: 'learned', label: 'network' },
  { value: 'exact', label: 'exact answer' },
] as const;

interface RaceSettingsProps {
  readonly choice: RaceChoice;
  readonly nChain: number;
  readonly onChange: (choice: RaceChoice) => void;
}

/** Who runs, with how many steps, by which answers. */
export function RaceSettings({ choice, nChain, onChange }: RaceSettingsProps) {
  const set = (patch: Partial<RaceChoice>) => onChange({ ...choice, ...patch });
  const steps = STEPS.filter((count) => count <= nChain);
  return (
    <div className="workspace-settings">
      <CheckGroup
        label="Samplers"
        value={choice.samplers}
        options={samplers.entries
          .filter(({ fixedTime }) => fixedTime === undefined)
          .map(({ id, label }) => ({ value: id, label }))}
        onChange={(chosen) => set({ samplers: chosen })}
      />
      <Toggle
        label="The stages’ own"
        hint="The samplers of the reverse stages above, each with all its settings."
        value={choice.ofStages}
        onChange={(ofStages) => set({ ofStages })}
      />
      <Select
        label="Time grid τ"
        value={choice.timeGrid}
        options={timeGrids.entries
          .filter(({ id }) => id !== 'list')
          .map(({ id, label }) => ({ value: id, label }))}
        onChange={(timeGrid) => set({ timeGrid })}
      />
      <CheckGroup
        label="Steps S"
        value={choice.nSteps.map(String)}
        options={steps.map((count) => ({ value: String(count), label: String(count) }))}
        onChange={(chosen) => set({ nSteps: chosen.map(Number) })}
      />
      <CheckGroup
        label="Denoiser"
        value={choice.denoisers}
        options={DENOISERS}
        onChange={(denoisers) => set({ denoisers })}
      />
      <Select
        label="Samples"
        value={String(choice.n)}
        options={SIZES.map((n) => ({ value: String(n), label: String(n) }))}
        onChange={(n) => set({ n: Number(n) })}
      />
    </div>
  );
}
