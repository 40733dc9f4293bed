import { mostGridSteps } from '../../../core/timeGrids/requireSteps.ts';
import { CheckGroup } from '../../../ui/CheckGroup.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Toggle } from '../../../ui/Toggle.tsx';
import { GRIDS, RACERS, type RaceChoice } from './choice.ts';

const STEPS = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const SIZES = [500, 1000, 2000, 5000];
const SEEDS = [1, 2, 3, 4, 5];
const DENOISERS = [
  { value: 'learned', label: 'network' },
  { value: 'exact', label: 'exact answer' },
] as const;

interface RaceSettingsProps {
  readonly choice: RaceChoice;
  readonly nChain: number;
  readonly onChange: (patch: Partial<RaceChoice>) => void;
}

/** Who runs, with how many steps, by which answers. */
export function RaceSettings({ choice, nChain, onChange: set }: RaceSettingsProps) {
  const steps = withOwn(STEPS, choice.nSteps).filter((count) => count <= mostGridSteps(nChain));
  return (
    <div className="workspace-settings">
      <CheckGroup
        label="Samplers"
        value={choice.samplers}
        options={RACERS.map(({ id, label }) => ({ value: id, label }))}
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
        options={GRIDS.map(({ id, label }) => ({ value: id, label }))}
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
        options={withOwn(SIZES, [choice.n]).map((n) => ({ value: String(n), label: String(n) }))}
        onChange={(n) => set({ n: Number(n) })}
      />
      <Select
        label="Seed of x_T"
        value={String(choice.seed)}
        options={withOwn(SEEDS, [choice.seed]).map((seed) => ({ value: String(seed), label: String(seed) }))}
        onChange={(seed) => set({ seed: Number(seed) })}
      />
    </div>
  );
}

/** What is offered, and what a link or a program has chosen besides, in order. */
const withOwn = (offered: readonly number[], chosen: readonly number[]): readonly number[] =>
  [...new Set([...offered, ...chosen])].toSorted((a, b) => a - b);
