import { useField } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { StageSetting } from '../StageSetting.tsx';
import type { SettingsProps } from '../settingsProps.ts';
import { N_DRAWS, type OneStepStage } from './view.ts';

const VARIANCES = [
  { value: 'beta-tilde', label: 'β̃', name: 'Beta tilde, that of q given x₀' },
  { value: 'beta', label: 'β', name: 'Beta, what the forward step adds' },
] as const;

const MAGNIFICATIONS = (['1', '3', '10', '30'] as const).map((value) => ({
  value,
  label: `${value}×`,
  name: `${value} times`,
}));

export function OneStepSettings(props: SettingsProps<OneStepStage>) {
  const { stage, change } = props;
  const nChain = useField('nChain');
  const level = useField('level');
  return (
    <>
      <p className="c-hint">
        Drag x_t. The shade is what the step back should draw from, a ring, at 2 deviations, what it does draw
        from. With few steps no Gaussian fits; with many any shade is one (Feller 1949). The dots are where
        x_t may have come from: one jump lands on their mean.
      </p>
      <StageSetting {...props} of="nSteps" basic>
        <Slider
          label="Steps S"
          value={stage.nSteps}
          min={1}
          max={nChain}
          scale="log-integers"
          defaultValue={5}
          onChange={(nSteps) => change({ nSteps })}
          hint="The step goes from t to t − 1/S."
        />
      </StageSetting>
      <StageSetting {...props} of="magnify" basic>
        <Segmented
          label="Magnification"
          value={stage.magnify}
          options={MAGNIFICATIONS}
          onChange={(magnify) => change({ magnify })}
        />
      </StageSetting>
      <StageSetting {...props} of="eta">
        <Slider
          label="η"
          value={stage.eta}
          min={0}
          max={1}
          step={0.05}
          defaultValue={1}
          onChange={(eta) => change({ eta })}
          hint="1 is the Markov chain of DDPM; less is DDIM’s family, whose step back keeps the shape of p(x₀|x_t) however short it is."
        />
      </StageSetting>
      <StageSetting {...props} of="variance">
        <Segmented
          label="σ² of the reverse step"
          value={stage.variance}
          options={VARIANCES}
          onChange={(variance) => change({ variance })}
        />
      </StageSetting>
      {(stage.layers.includes('factors') || level === 'all') && (
        <StageSetting {...props} of="origin" basic>
          <Slider
            label="Which x₀"
            value={stage.origin}
            min={1}
            max={N_DRAWS}
            defaultValue={1}
            onChange={(origin) => change({ origin })}
            hint="The draw of p(x₀|x_t) for which the factors are shown (layer “Factors of the step” under View)."
          />
        </StageSetting>
      )}
      <StageSetting {...props} of="x">
        <Slider
          label="x of x_t"
          value={stage.x}
          min={-6}
          max={6}
          step={0.01}
          onChange={(x) => change({ x })}
        />
      </StageSetting>
      <StageSetting {...props} of="y">
        <Slider
          label="y of x_t"
          value={stage.y}
          min={-6}
          max={6}
          step={0.01}
          onChange={(y) => change({ y })}
        />
      </StageSetting>
    </>
  );
}
