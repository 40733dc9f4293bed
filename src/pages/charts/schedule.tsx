import { useMemo, useState } from 'react';
import { Chart } from '../../charts/Chart.tsx';
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
import { Explain } from '../lessons/Explain.tsx';
import { useShownNoise } from '../useShownNoise.ts';

interface QuantityChoice {
  readonly value: ScheduleQuantity;
  readonly label: string;
  readonly name: string;
}

const OF_CHAIN: readonly QuantityChoice[] = [
  { value: 'alpha-bar', label: 'ᾱ', name: 'Signal left, alpha bar' },
  { value: 'beta', label: 'β', name: 'Noise per step, beta' },
  { value: 'log-snr', label: 'SNR', name: 'Log signal-to-noise ratio' },
];
const OF_PROCESS: readonly QuantityChoice[] = [
  { value: 'alpha-bar', label: 'Signal', name: 'Signal left' },
  { value: 'beta', label: 'β', name: 'Noise per step, as beta of a chain' },
  { value: 'log-snr', label: 'SNR', name: 'Log signal-to-noise ratio' },
];

/** How the signal fades over t: in the process in force and, where schedules can be compared, with other ones. */
export function ScheduleChart() {
  const clock = useClock();
  const [shown, setShown] = useState<ScheduleQuantity>('alpha-bar');
  const overlays = useField('overlays');
  const { config, fitting } = useShownNoise();
  const live = usePlayground(({ previewedCurve }) => previewedCurve !== null);
  const chain = isChain(config.process);
  const figure = useMemo(
    () => scheduleFigure(curvesOf(config, overlays, fitting), shown, { chain }),
    [config, overlays, fitting, shown, chain],
  );
  return (
    <div className="chart-card">
      <Chart
        figure={figure}
        live={live}
        cursor={clock}
        hint={<Explain subject={figure.title} text={`Schedule ${figure.title}`} />}
        corner={
          <Segmented
            label="Quantity"
            hideLabel
            value={shown}
            options={chain ? OF_CHAIN : OF_PROCESS}
            onChange={setShown}
          />
        }
      />
    </div>
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
