import { Popover } from 'radix-ui';
import { type ReactNode, Suspense } from 'react';
import { TermCard } from './termCard.ts';
import { useHoverPopover } from './useHoverPopover.ts';

interface TermProps {
  /** Of the glossary. */
  readonly id: string;
  readonly children: ReactNode;
}

/**
 * Words with an explanation: by hover, focus, tap or key.
 */
export function Term({ id, children }: TermProps) {
  const { open, onOpenChange, trigger, content } = useHoverPopover();
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Anchor asChild>
        <button type="button" className="term" aria-haspopup="dialog" aria-expanded={open} {...trigger}>
          {children}
        </button>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="c-popover term-card"
          side="top"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Explanation"
          {...content}
        >
          <Suspense fallback={<p>…</p>}>
            <TermCard ids={[id]} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
