import { MAX_STAGES } from '../../config/stagesCodec.ts';
import type { ForwardStage, ReverseStage, ScoreStage, StageConfig } from '../../config/types.ts';
import { Button } from '../../controls/Button.tsx';
import { Icon } from '../../controls/icons.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { Select } from '../../controls/Select.tsx';
import { Slider } from '../../controls/Slider.tsx';
import { samplers } from '../../core/samplers/index.ts';
import { timeGrids } from '../../core/timeGrids/index.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { stepsOf } from '../stageText.ts';
import { type StageChoice, StageChooser } from './StageChooser.tsx';

const KINDS: readonly { readonly value: StageConfig['kind']; readonly label: string }[] = [
  { value: 'forward', label: 'Forward' },
  { value: 'reverse', label: 'Reverse' },
  { value: 'score', label: 'Score field' },
];

/** What a stage shows, and by which method. */
export function SamplerPanel(choice: StageChoice) {
  const stage = useField('stages')[choice.selected];
  const actions = usePlaygroundActions();
  if (stage === undefined) return null;
  const change = (patch: Partial<StageConfig>) => void actions.changeStage(choice.selected, patch);
  return (
    <section className="panel-section">
      <StageChooser {...choice} />
      <Segmented
        label="Shows"
        value={stage.kind}
        options={KINDS}
        onChange={(kind) => actions.switchStage(choice.selected, kind)}
      />
      {stage.kind === 'forward' && <ForwardSettings stage={stage} change={change} />}
      {stage.kind === 'reverse' && <ReverseSettings stage={stage} change={change} />}
      {stage.kind === 'score' && <ScoreSettings stage={stage} change={change} />}
      <StageButtons {...choice} />
    </section>
  );
}

interface SettingsProps<S> {
  readonly stage: S;
  readonly change: (patch: Partial<S>) => void;
}

function ForwardSettings({ stage, change }: SettingsProps<ForwardStage>) {
  return (
    <Select
      label="Noising"
      value={stage.mode}
      options={[
        {
          value: 'closed-form',
          label: 'Closed form',
          summary: 'One Gaussian jump from x₀ to any x_t, with one ε per point.',
        },
        {
          value: 'chain',
          label: 'Markov chain',
          summary: 'T small steps, each with fresh noise; the same distribution at every t.',
        },
      ]}
      onChange={(mode) => change({ mode })}
    />
  );
}

function ReverseSettings({ stage, change }: SettingsProps<ReverseStage>) {
  const nChain = useField('nChain');
  const sampler = samplers.get(stage.sampler);
  return (
    <>
      <Select
        label="Sampler"
        value={stage.sampler}
        options={samplers.entries.map(({ id, label, summary }) => ({ value: id as string, label, summary }))}
        onChange={(id) => change({ sampler: id })}
      />
      {!sampler.everyStep && (
        <>
          <Slider
            label="Steps S"
            value={stepsOf(stage, nChain)}
            min={1}
            max={nChain}
            scale="log-integers"
            onChange={(nSteps) => change({ nSteps })}
            hint="Network evaluations from noise to data."
          />
          <Select
            label="Subsequence τ"
            value={stage.timeGrid}
            options={timeGrids.entries.map(({ id, label }) => ({ value: id as string, label }))}
            onChange={(timeGrid) => change({ timeGrid })}
          />
        </>
      )}
      {sampler.uses.includes('eta') && (
        <Slider
          label="Noise η"
          value={stage.eta}
          min={0}
          max={1}
          step={0.05}
          onChange={(eta) => change({ eta })}
          hint="0: no noise, the same x_T always gives the same sample. 1: as much noise as DDPM."
        />
      )}
      {sampler.uses.includes('variance') && (
        <Segmented
          label="Variance σ²"
          value={stage.variance}
          options={[
            { value: 'beta-tilde', label: 'β̃', name: 'Posterior variance, beta tilde' },
            { value: 'beta', label: 'β', name: 'Forward variance, beta' },
          ]}
          onChange={(variance) => change({ variance })}
          hint="β̃ is right if the data is one point, β if it is Gaussian; the paper found them alike."
        />
      )}
      <Segmented
        label="Denoiser"
        value={stage.denoiser}
        options={[
          { value: 'learned', label: 'Learned' },
          { value: 'exact', label: 'Exact' },
        ]}
        onChange={(denoiser) => change({ denoiser })}
        hint="The trained network, or the exact answer E[x₀|x_t] that it is after."
      />
    </>
  );
}

function ScoreSettings({ stage, change }: SettingsProps<ScoreStage>) {
  return (
    <Select
      label="Field"
      value={stage.source}
      options={[
        { value: 'learned', label: 'Learned', summary: 'What the network says: −ε̂/√(1−ᾱ_t).' },
        {
          value: 'exact',
          label: 'Exact',
          summary: 'The true gradient of the log-density of the noised data.',
        },
        { value: 'error', label: 'Error', summary: 'Learned minus exact: where the network is wrong.' },
      ]}
      onChange={(source) => change({ source })}
    />
  );
}

function StageButtons({ selected, onSelect }: StageChoice) {
  const count = useField('stages').length;
  const actions = usePlaygroundActions();
  const full = count >= MAX_STAGES;
  return (
    <div className="button-row">
      <Button
        icon={<Icon name="plus" />}
        disabled={full}
        onClick={() => {
          actions.addStage('reverse');
          onSelect(count);
        }}
      >
        Add a stage
      </Button>
      <Button icon={<Icon name="copy" />} disabled={full} onClick={() => actions.duplicateStage(selected)}>
        Duplicate
      </Button>
      <Button
        icon={<Icon name="trash" />}
        disabled={count === 1}
        onClick={() => actions.removeStage(selected)}
      >
        Remove
      </Button>
    </div>
  );
}
