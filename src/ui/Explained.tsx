import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';

interface ExplainedProps {
  readonly text: string;
  readonly className?: string;
  /** What is explained. */
  readonly children: ReactNode;
}

/** Words with an explanation, which opens on hover and focus, and by a press or a tap too. */
export function Explained({ text, className, children }: ExplainedProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={400}>
      <Tooltip.Root open={open} onOpenChange={setOpen}>
        <Tooltip.Trigger
          className={className}
          onClick={(event) => {
            // The tooltip's own answer to a press is to close.
            event.preventDefault();
            setOpen(true);
          }}
        >
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className="c-tooltip" sideOffset={6} collisionPadding={8}>
            {text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
