import { useMemo, useSyncExternalStore } from 'react';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Scrubber } from '../ui/Scrubber.tsx';
import { chainTimes } from './chainTimes.ts';
import { useClock } from './clockContext.ts';
import { timeText } from './timeText.ts';

const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;

/** Play, step, speed, loop, and the time axis itself. */
export function Transport() {
  const clock = useClock();
  const playing = useSyncExternalStore(clock.subscribe, () => clock.playing);
  const nChain = usePlayground(({ config }) => config.nChain);
  const speed = usePlayground(({ config }) => config.speed);
  const loop = usePlayground(({ config }) => config.loop);
  const actions = usePlaygroundActions();
  const stages = usePlayground(({ config }) => config.stages);
  const text = useMemo(() => timeText(stages, nChain), [stages, nChain]);
  const times = useMemo(() => chainTimes(nChain), [nChain]);
  const faster = SPEEDS.find((candidate) => candidate > speed) ?? SPEEDS[0];
  return (
    <section className="transport" aria-label="Playback">
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
        <Scrubber clock={clock} onGrab={() => clock.pause()} ariaValueText={text.words} ends={text.ends} />
      </div>
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
