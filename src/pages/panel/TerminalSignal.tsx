import { useMemo } from 'react';
import { signalTable } from '../../core/processes/signalTable.ts';
import { DRAWN } from '../../core/schedules/handDrawn.ts';
import { aboutSchedule, type NoiseConfig, processOf } from '../../experiment/noise.ts';
import { formatNumber } from '../../experiment/numberText.ts';
import { followsSchedule, isChain } from '../../experiment/scheduled.ts';
import { isUnfit } from '../../experiment/unfitOutput.ts';
import { useField } from '../../store/react.ts';
import { useShownNoise } from '../useShownNoise.ts';

/** Above this, x_T still shows the data: a sampler that starts from pure noise starts in the wrong place. */
const SMALL_SIGNAL = 0.01;

/** How much of the data is left in x_T. */
export function TerminalSignal() {
  const { config, fitting } = useShownNoise();
  const output = useField('output');
  const last = useMemo(() => signalTable(processOf(config), 1).signal[0]!, [config]);
  const text = formatNumber(last, 3);
  return (
    <div>
      <p>
        <span>Signal left at the end: </span>
        {isChain(config.process) ? (
          <span key="chain">
            ᾱ<sub>T</sub>
          </span>
        ) : (
          <span key="process">α²/(α² + σ²)</span>
        )}
        <span> = </span>
        <strong>{text}</strong>
        {fitting && <span>, until the learned schedule is fitted…</span>}
      </p>
      {last > SMALL_SIGNAL && (
        <p className="panel-warning" role="status">
          <span>
            x<sub>T</sub> is not pure noise yet, so samplers that start from noise start in the wrong place.
          </span>
          <span>{` ${remedy(config, isUnfit(output, { ...config, zeroTerminalSnr: true }))}`}</span>
        </p>
      )}
    </div>
  );
}

/** @param unfit whether what the network predicts would have no answer in pure noise */
function remedy({ process, schedule, rescale }: NoiseConfig, unfit: boolean): string {
  if (!followsSchedule(process)) return 'Raise σ max.';
  if (schedule === DRAWN.id) return 'Pull the last point down.';
  if (aboutSchedule(schedule).rescales && !rescale) return 'Scale β, or use more steps.';
  return unfit
    ? 'Predict v or x₀ (under Model), then turn on “Zero terminal SNR”: what is predicted now would blow up there.'
    : 'Turn on “Zero terminal SNR”.';
}
