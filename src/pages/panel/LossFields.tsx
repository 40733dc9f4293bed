import { useMemo } from 'react';
import { needsSlope, trainedLosses } from '../../core/losses/trained.ts';
import { parameterizations } from '../../core/parameterizations/index.ts';
import { timeSamplings } from '../../core/timeSampling/index.ts';
import { weightings } from '../../core/weightings/index.ts';
import { excludes } from '../../experiment/agreements.ts';
import { classNamesOf } from '../../experiment/dataset.ts';
import { isChain } from '../../experiment/scheduled.ts';
import { isUnfit } from '../../experiment/unfitOutput.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import { useDataConfig } from '../useDataConfig.ts';
import { useShownNoise } from '../useShownNoise.ts';
import { ParameterFields } from './ParameterFields.tsx';
import { Setting } from './Setting.tsx';

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
}

const optionsOf = (entries: readonly Entry[]) =>
  entries.map(({ id, label, summary }) => ({ value: id, label, summary }));

const outputs = optionsOf(parameterizations.entries);
const weights = optionsOf(weightings.entries);
const draws = optionsOf(timeSamplings.entries);
const losses = optionsOf(trainedLosses.entries);

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** What the network is asked for, and what its errors cost. */
export function LossFields() {
  const output = useField('output');
  const config = usePlayground((state) => state.config);
  const { loss } = config;
  const weighting = useField('weighting');
  const timeSampling = useField('timeSampling');
  const learnedVariance = useField('learnedVariance');
  const process = useField('process');
  const conditional = useField('conditional');
  const classes = classNamesOf(useDataConfig());
  const actions = usePlaygroundActions();
  return (
    <>
      <Setting of="output">
        <Select
          label="Network predicts (parameterisation)"
          value={output}
          options={outputs}
          onChange={(id) => actions.set({ output: id })}
        />
      </Setting>
      <UnfitOutput />
      <Setting of="loss">
        <Select label="Loss" value={loss} options={losses} onChange={(id) => actions.set({ loss: id })} />
        {needsSlope(loss) && (
          <p className="panel-note">
            On average its gradient is that of denoising, which is why nobody pays its price at scale. The
            loss shown has the constant added that makes the two comparable.
          </p>
        )}
      </Setting>
      <Setting of="weighting">
        <Select
          label="Loss weighting"
          value={weighting}
          options={weights}
          onChange={(id) => actions.set({ weighting: id })}
        />
      </Setting>
      <ParameterFields owner={`weighting.${weighting}`} parameters={weightings.get(weighting).parameters} />
      <Setting of="timeSampling">
        <Select
          label="Timestep sampling (how t is drawn)"
          value={timeSampling}
          options={draws.map((option) => ({
            ...option,
            disabled: excludes(config, 'timeSampling', option.value),
          }))}
          onChange={(id) => actions.set({ timeSampling: id })}
        />
      </Setting>
      <ParameterFields
        owner={`time-sampling.${timeSampling}`}
        parameters={timeSamplings.get(timeSampling).parameters}
      />
      {classes.length > 0 && (
        <Setting of="conditional">
          <Toggle
            label="Class-conditional (teach the class)"
            value={conditional}
            onChange={(on) => actions.set({ conditional: on })}
            hint={`The network is shown which class a point is of (${listed.format(classes)}), but for one point in ten. Stages can then ask for a class, with classifier-free guidance.`}
          />
        </Setting>
      )}
      {isChain(process) && !needsSlope(loss) && (
        <Setting of="learnedVariance">
          <Toggle
            label="Learned variance (of the reverse steps)"
            value={learnedVariance}
            onChange={(on) => actions.set({ learnedVariance: on })}
            hint="Two more outputs place σ² between β̃ and β; the variational bound teaches them. Choose σ² = learned in a DDPM stage to see it."
          />
        </Setting>
      )}
    </>
  );
}

/** Where the chain ends in pure noise, some outputs say nothing about the data: samplers divide their errors by α_T ≈ 0. */
function UnfitOutput() {
  const output = useField('output');
  const { config } = useShownNoise();
  const actions = usePlaygroundActions();
  const unfit = useMemo(() => isUnfit(output, config), [output, config]);
  if (!unfit) return null;
  return (
    <div className="panel-warning" role="status">
      <p>
        {`Nothing of the data is left at the end (α_T ≈ 0), and there ${parameterizations.get(output).label} says nothing about it: samplers blow up its errors. Predict v or x₀ instead.`}
      </p>
      <div className="button-row">
        <Button onClick={() => actions.set({ output: 'v' })}>Predict v</Button>
        <Button onClick={() => actions.set({ output: 'x0' })}>Predict x₀</Button>
      </div>
    </div>
  );
}
