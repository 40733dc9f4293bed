import { useState } from 'react';
import { usePlayground } from '../../store/react.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useLessons } from './lessonsContext.ts';
import { isTourOffered, rememberTour } from './tourOffer.ts';

/** The offer of a tour, once, beside the sentence of the moment. */
export function TourOffer() {
  const { shown, show } = useLessons();
  const inExperiment = usePlayground((state) => state.experiment !== null);
  const [offered, setOffered] = useState(isTourOffered);
  if (!offered || inExperiment || shown === 'tour') return null;
  const decline = () => {
    rememberTour();
    setOffered(false);
  };
  const take = () => {
    decline();
    show('tour');
  };
  return (
    <section className="tour-offer" aria-label="Tour">
      <span>New here?</span>
      <Button variant="quiet" onClick={take}>
        Take the one-minute tour
      </Button>
      <IconButton label="No tour" icon={<Icon name="close" />} onClick={decline} />
    </section>
  );
}
