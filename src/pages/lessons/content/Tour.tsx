import { Popover } from 'radix-ui';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { applyPatch } from '../../../experiment/patch.ts';
import { TOUR } from '../../../lessons/tour.ts';
import { usePlaygroundActions, usePlaygroundContext } from '../../../store/react.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { useClock } from '../../clockContext.ts';
import { PLAYS } from '../../playback.ts';
import { useLessons } from '../lessonsContext.ts';
import { rememberTour } from '../tourOffer.ts';
import { CARD_GAP, revealAnchor, useAnchor } from './useAnchor.ts';
import { useSweep } from './useSweep.ts';
import './tour.css';

/** Six steps beside what they speak of. The page goes on beneath: nothing is covered but by the small card. */
export default function Tour() {
  const { show } = useLessons();
  const actions = usePlaygroundActions();
  const { store } = usePlaygroundContext();
  const clock = useClock();
  const [index, setIndex] = useState(0);
  const before = useRef(store.getState());
  const step = TOUR[index]!;
  const isLast = index === TOUR.length - 1;
  const card = useRef<HTMLDivElement>(null);
  const anchor = useAnchor(step.anchor, card);
  const sweep = useSweep();

  const setPage = useEffectEvent(({ stages, anchor, times }: (typeof TOUR)[number]) => {
    const { config } = store.getState();
    // Stages that the person's chain is too short for take what it has.
    actions.replace(applyPatch(config, { stages }), null);
    revealAnchor(anchor);
    const stop = sweep(times);
    // A dialog that was left for the tour gives its focus back first.
    const timer = setTimeout(() => card.current?.focus({ preventScroll: true }), 60);
    return () => {
      clearTimeout(timer);
      stop();
    };
  });
  useEffect(() => setPage(step), [step]);
  useEffect(rememberTour, []);

  const keep = () => {
    show(null);
    clock.play();
  };
  const putBack = () => {
    const { config, experiment } = before.current;
    actions.replace(config, experiment);
    show(null);
    // A clock that came to its end by itself was moved by nobody, and is to play for others.
    if (config.time === PLAYS) clock.rest();
    else clock.seek(config.time);
    if (before.current.playing) clock.play();
  };
  return (
    <Popover.Root open onOpenChange={(now) => !now && keep()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          ref={card}
          key={step.anchor}
          className="c-popover tour-card"
          side="bottom"
          sideOffset={CARD_GAP}
          collisionPadding={CARD_GAP}
          aria-label={`Tour, step ${index + 1} of ${TOUR.length}: ${step.title}`}
          // The focus is the card’s, and a press beside it is the page’s.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            card.current?.focus({ preventScroll: true });
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div className="tour-head">
            <strong>{step.title}</strong>
            <span className="tour-count">{`${index + 1} of ${TOUR.length}`}</span>
            <IconButton label="Leave the tour (Escape)" icon={<Icon name="close" />} onClick={keep} />
          </div>
          <p role="status">{step.text}</p>
          <div className="tour-foot">
            <Button variant="quiet" disabled={index === 0} onClick={() => setIndex(index - 1)}>
              Back
            </Button>
            {isLast ? (
              <>
                <Button onClick={putBack}>Put my page back</Button>
                <Button variant="primary" onClick={keep}>
                  Keep this page
                </Button>
              </>
            ) : (
              <>
                <Button variant="quiet" onClick={putBack}>
                  Leave, and put back
                </Button>
                <Button variant="primary" onClick={() => setIndex(index + 1)}>
                  Next
                </Button>
              </>
            )}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
