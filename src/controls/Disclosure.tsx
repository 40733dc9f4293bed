import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

interface DisclosureProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  /** Whether it starts open. */
  readonly open?: boolean;
  readonly onToggle?: (open: boolean) => void;
}

/** Detail that is folded away until it is asked for. */
export function Disclosure({ summary, children, open = false, onToggle }: DisclosureProps) {
  return (
    <details className="c-disclosure" open={open} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div className="c-disclosure-body">{children}</div>
    </details>
  );
}
