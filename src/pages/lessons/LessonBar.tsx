import { useState } from 'react';
import type { Experiment } from '../../lessons/experiment.ts';
import { usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { CopyLink } from './CopyLink.tsx';
import { useLessons } from './lessonsContext.ts';
import { isTourOffered, rememberTour } from './tourOffer.ts';

/** A line below the header: the experiment that the page is in, or the offer of a tour. */
export function LessonBar() {
  const experiment = usePlayground((state) => state.experiment);
  const { shown } = useLessons();
  const [offered, setOffered] = useState(isTourOffered);
  const decline = () => {
    rememberTour();
    setOffered(false);
  };
  if (experiment) return <ExperimentBar experiment={experiment} />;
  return offered && shown !== 'tour' ? <TourOffer onAnswer={decline} /> : null;
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

function TourOffer({ onAnswer }: { readonly onAnswer: () => void }) {
  const { show } = useLessons();
  const take = () => {
    onAnswer();
    show('tour');
  };
  return (
    <section className="lesson-bar" aria-label="Tour">
      <p>
        <span>New here?</span>
      </p>
      <Button variant="quiet" onClick={take}>
        Take the one-minute tour
      </Button>
      <IconButton label="No tour" icon={<Icon name="close" />} onClick={onAnswer} />
    </section>
  );
}
