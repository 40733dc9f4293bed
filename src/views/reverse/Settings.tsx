import { clips } from '../../core/samplers/clips.ts';
import { samplers } from '../../core/samplers/index.ts';
import { varianceOf } from '../../core/samplers/variances.ts';
import { processOf } from '../../experiment/noise.ts';
import { followsSchedule } from '../../experiment/scheduled.ts';
import { useField, usePlayground } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { ClassFields } from '../ClassFields.tsx';
import { StageSetting } from '../StageSetting.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import { ConditionGroup } from './condition/ConditionGroup.tsx';
import { mostSteps } from './mostSteps.ts';
import { parametersOfStage } from './parameters.ts';
import { isEncoding, offersEncoding, offersLearnedVariance } from './rules.ts';
import { StageNumbers } from './StageNumbers.tsx';
import { StepsFields } from './StepsFields.tsx';
import type { ReverseStage } from './stage.ts';

/** By which method a stage samples: only the settings that change something are shown. */
export function ReverseSettings(props: SettingsProps<ReverseStage>) {
  const { stage, change } = props;
  const sampler = samplers.get(stage.sampler);
  const nChain = useField('nChain');
  return (
    <>
      <Select
        label="Sampler"
        value={stage.sampler}
        options={samplers.entries.map(({ id, label, summary }) => ({ value: id, label, summary }))}
        // Another sampler may take fewer steps.
        onChange={(id) => change({ sampler: id, nSteps: Math.min(stage.nSteps, mostSteps(id, nChain)) })}
      />
      <ClassFields {...props} />
      <StepsFields {...props} />
      {sampler.uses.includes('eta') && (
        <StageSetting {...props} of="eta" basic>
          <Slider
            label="η (fresh noise)"
            value={stage.eta}
            min={0}
            max={1}
            step={0.05}
            onChange={(eta) => change({ eta })}
            hint="0: no noise, the same x_T always gives the same sample. 1: as much noise as DDPM."
          />
        </StageSetting>
      )}
      {sampler.uses.includes('variance') && <VarianceField {...props} />}
      <StageNumbers {...props} parameters={shownNumbers(stage)} />
      <DirectionField {...props} />
      <StageSetting {...props} of="denoiser" basic>
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
      </StageSetting>
      <StageSetting {...props} of="clip">
        <Select
          label="Clipping of x̂₀ (keep it in range)"
          value={stage.clip}
          options={clips.entries.map(({ id, label, summary }) => ({ value: id, label, summary }))}
          onChange={(clip) => change({ clip })}
        />
      </StageSetting>
      <StageNumbers {...props} parameters={parametersOfStage(stage).clip} />
      <TweedieField {...props} />
      <ConditionGroup key={stage.id} {...props} />
    </>
  );
}

/** γ is read where the variance is β̃. */
function shownNumbers(stage: ReverseStage) {
  const { sampler } = parametersOfStage(stage);
  const readsGamma = varianceOf(samplers.get(stage.sampler), stage.variance) === 'beta-tilde';
  return readsGamma ? sampler : sampler.filter(({ name }) => name !== 'gamma');
}

const VARIANCES: Readonly<
  Record<ReverseStage['variance'], { readonly label: string; readonly name: string }>
> = {
  'beta-tilde': { label: 'β̃', name: 'Posterior variance, beta tilde' },
  beta: { label: 'β', name: 'Forward variance, beta' },
  optimal: { label: 'Optimal', name: 'Optimal variance' },
  learned: { label: 'Learned', name: 'Learned variance' },
};
const ETA_VARIANCE = { label: 'η²β̃', name: 'Variance by eta' } as const;

const HINT =
  'β̃ is right if the data is one point, β if it is Gaussian. With all T steps they are alike; with few, β (σ̂ of DDIM’s paper) leaves far more noise. The optimal one is what x_t leaves open of the data, measured on 4 000 points at each level. A network can learn to choose between.';
const HINT_OF_ETA =
  'As much noise as η says, which is right if the data is one point; or the optimal variance beside the same mean, which adds what x_t leaves open of the data, with η = 0 too. It is measured on 4 000 points at each level.';

function VarianceField({ stage, change }: SettingsProps<ReverseStage>) {
  const around = {
    process: useField('process'),
    learnedVariance: useField('learnedVariance'),
  };
  const sampler = samplers.get(stage.sampler);
  const offersLearned = offersLearnedVariance(stage, around);
  const offered = sampler.variances?.filter((variance) => variance !== 'learned' || offersLearned) ?? [];
  const byEta = sampler.uses.includes('eta');
  const nameOf = (variance: ReverseStage['variance']) =>
    byEta && variance === 'beta-tilde' ? ETA_VARIANCE : VARIANCES[variance];
  return (
    <StageSetting stage={stage} change={change} of="variance">
      <Segmented
        label="Variance σ²"
        value={varianceOf(sampler, stage.variance)}
        options={offered.map((value) => ({ value, ...nameOf(value) }))}
        onChange={(variance) => change({ variance })}
        hint={byEta ? HINT_OF_ETA : HINT}
      />
    </StageSetting>
  );
}

/** For samplers that add no noise: the same path leads both ways. Others say why they do not encode, where that was asked for. */
function DirectionField({ stage, change }: SettingsProps<ReverseStage>) {
  const nChain = useField('nChain');
  if (!offersEncoding(stage, nChain)) {
    if (stage.direction === 'sample') return null;
    return (
      <p className="panel-note">
        It samples: a path with noise cannot be walked back to what it came from. Without noise, it encodes
        again.
      </p>
    );
  }
  return (
    <StageSetting stage={stage} change={change} of="direction">
      <Segmented
        label="Direction"
        value={stage.direction}
        options={[
          { value: 'sample', label: 'Sample', name: 'Sample, from noise to data' },
          { value: 'encode', label: 'Encode', name: 'Encode, from data to noise' },
        ]}
        onChange={(direction) => change({ direction })}
        hint="A path without noise can be walked both ways: from noise to a sample, or from fresh data to the noise that stands for it."
      />
    </StageSetting>
  );
}

/** Shown for processes that have noise left at t = 0. */
function TweedieField({ stage, change }: SettingsProps<ReverseStage>) {
  const leavesNoise = usePlayground(
    ({ config }) => !followsSchedule(config.process) && processOf(config).kernel(0).sigma > 0,
  );
  const nChain = useField('nChain');
  const stays = samplers.get(stage.sampler).fixedTime !== undefined;
  if (!leavesNoise || stays || isEncoding(stage, nChain)) return null;
  return (
    <StageSetting stage={stage} change={change} of="tweedie">
      <Toggle
        label="Denoise at the end"
        value={stage.tweedie}
        onChange={(tweedie) => change({ tweedie })}
        hint="This process has a little noise left at t = 0. A last prediction, E[x₀|x_t], takes it away (Tweedie’s formula)."
      />
    </StageSetting>
  );
}
