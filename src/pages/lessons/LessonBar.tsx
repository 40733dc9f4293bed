import type { Experiment } from '../../lessons/experiment.ts';
import { usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { CopyLink } from './CopyLink.tsx';

/** A line below the header: the experiment that the page is in. */
export function LessonBar() {
  const experiment = usePlayground((state) => state.experiment);
  return experiment && <ExperimentBar experiment={experiment} />;
}

function ExperimentBar({ experiment }: { readonly experiment: Experiment }) {
  const { id, title, lookFor } = experiment;
  const actions = usePlaygroundActions();
  return (
    <section className="lesson-bar" aria-label="Experiment">
      <p role="status">
        <strong>{title}</strong>
        <span>{lookFor}</span>
      </p>
      <CopyLink key={id} id={id} />
      <IconButton
        label="Dismiss: the settings stay"
        icon={<Icon name="close" />}
        onClick={actions.dismissExperiment}
      />
    </section>
  );
}
