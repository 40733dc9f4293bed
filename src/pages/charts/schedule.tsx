import { useMemo, useState } from 'react';
import { type ScheduleCurve, type ScheduleQuantity, scheduleFigure } from '../../charts/scheduleFigure.ts';
import { processes } from '../../core/processes/index.ts';
import { signalTable } from '../../core/processes/signalTable.ts';
import { LEARNED } from '../../core/schedules/fitted.ts';
import { isLearned } from '../../experiment/learnedSchedule.ts';
import { aboutSchedule, type NoiseConfig, processOf } from '../../experiment/noise.ts';
import { followsSchedule, isChain } from '../../experiment/scheduled.ts';
import { useField, usePlayground } from '../../store/react.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { useClock } from '../clockContext.ts';
import { useShownNoise } from '../useShownNoise.ts';
import { ChartCard, type ChartInRow } from './ChartCard.tsx';

interface QuantityChoice {
  readonly value: ScheduleQuantity;
  readonly label: string;
  readonly name: string;
}

const OF_CHAIN: readonly QuantityChoice[] = [
  { value: 'alpha-bar', label: 'ᾱ', name: 'Signal left, alpha bar' },
  { value: 'beta', label: 'β', name: 'Noise per step, beta' },
  { value: 'log-snr', label: 'log-SNR', name: 'Log signal-to-noise ratio' },
];
const OF_PROCESS: readonly QuantityChoice[] = [
  { value: 'alpha-bar', label: 'Signal', name: 'Signal left' },
  { value: 'beta', label: 'β', name: 'Noise per step, as beta of a chain' },
  { value: 'log-snr', label: 'log-SNR', name: 'Log signal-to-noise ratio' },
];

const AXES = [
  { value: 'linear', label: 'linear', name: 'Linear axis' },
  { value: 'log', label: 'log', name: 'Logarithmic axis' },
] as const;

const ABOUT =
  'How fast data turn into noise. ᾱ is the share of the signal that is left, β the noise that each step adds, ' +
  'and log-SNR the logarithm of signal to noise. The upright line is the time of the stages.';

/** How the signal fades over t: in the process in force and, where schedules can be compared, with other ones. */
export function ScheduleChart({ menu }: ChartInRow) {
  const clock = useClock();
  const [shown, setShown] = useState<ScheduleQuantity>('alpha-bar');
  const [axis, setAxis] = useState<'linear' | 'log'>('linear');
  const overlays = useField('overlays');
  const { config, fitting } = useShownNoise();
  const live = usePlayground(({ previewedCurve }) => previewedCurve !== null);
  const chain = isChain(config.process);
  const figure = useMemo(
    () => scheduleFigure(curvesOf(config, overlays, fitting), shown, { chain, log: axis === 'log' }),
    [config, overlays, fitting, shown, chain, axis],
  );
  return (
    <ChartCard
      menu={menu}
      figure={figure}
      about={ABOUT}
      live={live}
      cursor={clock}
      corner={
        <>
          {shown === 'beta' && (
            <Segmented label="Axis of β" hideLabel value={axis} options={AXES} onChange={setAxis} />
          )}
          <Segmented
            label="Quantity"
            hideLabel
            value={shown}
            options={chain ? OF_CHAIN : OF_PROCESS}
            onChange={setShown}
          />
        </>
      }
    />
  );
}

function curvesOf(
  config: NoiseConfig,
  overlays: readonly string[],
  fitting: boolean,
): readonly ScheduleCurve[] {
  const curve = (of: NoiseConfig, label: string, active: boolean): ScheduleCurve => ({
    label,
    active,
    ...signalTable(processOf(of), of.nChain),
  });
  if (!followsSchedule(config.process)) return [curve(config, processes.get(config.process).label, true)];
  // Where nothing was fitted before, there is none to compare with yet.
  const ready = (id: string) => id !== LEARNED.id || !fitting || isLearned(config);
  const ids = [config.schedule, ...overlays.filter((id) => id !== config.schedule && ready(id))];
  return ids.map((id) => {
    const { label } = aboutSchedule(id);
    const active = id === config.schedule;
    return curve({ ...config, schedule: id }, fitting && active ? `${label} · fitting…` : label, active);
  });
}
