import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

const OPENS_AFTER_MS = 200;
/** Time enough to move the pointer onto what has opened. */
const CLOSES_AFTER_MS = 250;

/**
 * A popover that opens by hover or keyboard focus, and stays when it was opened by a click, a tap or a key. Escape, a
 * click beside it, or leaving it closes it.
 * @returns props for what opens it, and for what it shows
 */
export function useHoverPopover() {
  const [open, setOpen] = useState(false);
  const pinned = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const host = useRef<HTMLElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (now: boolean) => {
    clearTimeout(timer.current);
    if (!now) pinned.current = false;
    setOpen(now);
  };
  const changeSoon = (now: boolean, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => change(now), delay);
  };
  const pin = () => {
    const wasPinned = pinned.current;
    pinned.current = !wasPinned;
    change(!wasPinned);
  };
  const leave = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && !pinned.current) changeSoon(false, CLOSES_AFTER_MS);
  };

  return {
    open,
    onOpenChange: change,
    trigger: {
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== 'mouse') return;
        // A card that grows may slip below the pointer and away again.
        if (open) clearTimeout(timer.current);
        else changeSoon(true, OPENS_AFTER_MS);
      },
      onPointerLeave: leave,
      onFocus: (event: FocusEvent<HTMLElement>) => {
        host.current = event.currentTarget;
        if (event.currentTarget.matches(':focus-visible')) changeSoon(true, OPENS_AFTER_MS);
      },
      onBlur: () => {
        if (!pinned.current) changeSoon(false, CLOSES_AFTER_MS);
      },
      onClick: pin,
    },
    content: {
      onPointerEnter: () => clearTimeout(timer.current),
      onPointerLeave: leave,
      // The focus stays on the words unless the person goes into the card.
      onOpenAutoFocus: (event: Event) => {
        if (!pinned.current) event.preventDefault();
      },
      onCloseAutoFocus: (event: Event) => event.preventDefault(),
      // A press on the words themselves is theirs to answer.
      onInteractOutside: (event: Event) => {
        if (event.target instanceof Node && host.current?.contains(event.target)) event.preventDefault();
      },
    },
  };
}
