import './transport.css';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { paceOf } from '../canvas/pace.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Scrubber } from '../ui/Scrubber.tsx';
import { Segmented, type SegmentedOption } from '../ui/Segmented.tsx';
import { chainTimes } from './chainTimes.ts';
import { useClock } from './clockContext.ts';
import { type TimeText, timeText } from './timeText.ts';
import { signalAt, useProcess } from './useProcess.ts';

const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

const DIRECTIONS: readonly SegmentedOption<ExperimentConfig['plays']>[] = [
  { value: 'forward', label: '→', name: 'Plays to the noise only' },
  { value: 'both', label: '⇄', name: 'Plays to the noise, then back' },
  { value: 'reverse', label: '←', name: 'Plays back to the data only' },
];

/** Points of the curve in the track. */
const CURVE_NODES = 120;

interface TransportBarProps {
  readonly text: TimeText;
  /** Times of the frames to stop at. */
  readonly times: ArrayLike<number>;
  /** The signal that is left, drawn in the track: heights of 0…1 at even times. */
  readonly curve: Float64Array;
}

/** The transport of the stages of points. */
export function Transport() {
  const clock = useClock();
  const process = useProcess();
  const nChain = usePlayground(({ config }) => config.nChain);
  const chain = usePlayground(({ config }) => config.process);
  const stages = usePlayground(({ config }) => config.stages);
  const text = useMemo(() => timeText(stages, nChain, chain), [stages, nChain, chain]);
  const times = useMemo(() => chainTimes(nChain), [nChain]);
  const curve = useMemo(
    () => Float64Array.from({ length: CURVE_NODES + 1 }, (_, k) => signalAt(process, k / CURVE_NODES)),
    [process],
  );
  useEffect(() => {
    clock.pace = paceOf((time) => {
      const { alpha, sigma } = process.kernel(time);
      return 2 * Math.log(alpha / sigma);
    });
  }, [clock, process]);
  return <TransportBar text={text} times={times} curve={curve} />;
}

/** Play, step, speed, loop, direction, and the time axis itself with the signal that is left drawn in it. */
export function TransportBar({ text, times, curve }: TransportBarProps) {
  const clock = useClock();
  const playing = useSyncExternalStore(clock.subscribe, () => clock.playing);
  const speed = usePlayground(({ config }) => config.speed);
  const loop = usePlayground(({ config }) => config.loop);
  const plays = usePlayground(({ config }) => config.plays);
  const actions = usePlaygroundActions();
  const faster = SPEEDS.find((candidate) => candidate > speed) ?? SPEEDS[0];
  return (
    <section className="transport" aria-label="Playback" data-tour="transport">
      <IconButton
        label={playing ? 'Pause the animation' : 'Play the animation'}
        shortcut="Space"
        icon={<Icon name={playing ? 'pause' : 'play'} />}
        variant="plain"
        onClick={() => clock.toggle()}
      />
      <IconButton
        label="One step towards the data"
        shortcut="←"
        icon={<Icon name="step-back" />}
        onClick={() => clock.step(-1, times)}
      />
      <IconButton
        label="One step towards the noise"
        shortcut="→"
        icon={<Icon name="step" />}
        onClick={() => clock.step(1, times)}
      />
      <div className="transport-scrubber">
        <Scrubber
          clock={clock}
          onGrab={() => clock.pause()}
          ariaValueText={text.words}
          ends={text.ends}
          curve={curve}
        />
      </div>
      <Segmented
        label="Direction"
        hideLabel
        value={plays}
        options={DIRECTIONS}
        onChange={(next) => actions.set({ plays: next })}
      />
      <button
        type="button"
        className="c-button is-quiet speed-button"
        aria-label={`Speed ${speed}×; change to ${faster}×`}
        onClick={() => actions.set({ speed: faster })}
      >
        {`${speed}×`}
      </button>
      <IconButton
        label="Loop"
        icon={<Icon name="loop" />}
        pressed={loop}
        onClick={() => actions.set({ loop: !loop })}
      />
    </section>
  );
}
