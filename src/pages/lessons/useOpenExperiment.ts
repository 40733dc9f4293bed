import type { Experiment } from '../../lessons/experiment.ts';
import { usePlaygroundActions } from '../../store/react.ts';
import { useClock } from '../clockContext.ts';
import { prefersStillness } from './motion.ts';

/** Opens a ready experiment at its own time, or in motion where it has none. */
export function useOpenExperiment(): (experiment: Experiment) => void {
  const actions = usePlaygroundActions();
  const clock = useClock();
  return (experiment) => {
    const { time } = experiment.settings;
    // A clock that runs takes no time from the settings.
    clock.pause();
    actions.openExperiment(experiment);
    if (time !== undefined) clock.seek(time);
    else if (prefersStillness()) clock.seek(experiment.picture);
    else {
      clock.seek(1);
      clock.play();
    }
  };
}
