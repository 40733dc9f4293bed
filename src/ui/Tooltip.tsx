import { Tooltip as RadixTooltip } from 'radix-ui';
import type { ReactElement } from 'react';

interface TooltipProps {
  readonly text: string;
  /** One element that can be focused and takes a ref. */
  readonly children: ReactElement;
}

const DELAY_MS = 400;

/** A few words on hover or keyboard focus; Escape closes it. Never the only place where something is said. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <RadixTooltip.Provider delayDuration={DELAY_MS}>
      <RadixTooltip.Root>
        <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
        <RadixTooltip.Portal>
          <RadixTooltip.Content className="c-tooltip" sideOffset={6} collisionPadding={8}>
            {text}
          </RadixTooltip.Content>
        </RadixTooltip.Portal>
      </RadixTooltip.Root>
    </RadixTooltip.Provider>
  );
}
