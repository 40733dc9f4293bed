import { Popover } from 'radix-ui';
import { Suspense } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { useGlossary } from './glossaryContext.ts';
import { TermCard } from './termCard.ts';

interface ExplainProps {
  /** What is explained, for its name: "stage DDPM". */
  readonly subject: string;
  /** The words of the page whose terms are to be explained. */
  readonly text: string;
  /** A sentence of its own, before those of the terms. */
  readonly about?: string;
}

/** A small “?” beside words that cannot be pressed themselves: explains each of their terms. */
export function Explain({ subject, text, about }: ExplainProps) {
  const terms = useGlossary()?.termsIn(text) ?? [];
  if (terms.length === 0 && about === undefined) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="c-hint explain" aria-label={`Words of ${subject}`}>
        <Icon name="help" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="c-popover term-card"
          sideOffset={4}
          collisionPadding={8}
          aria-label={`Words of ${subject}`}
        >
          {about !== undefined && <p>{about}</p>}
          <Suspense fallback={<p>…</p>}>
            <TermCard ids={terms.map(({ id }) => id)} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
