import { Popover } from 'radix-ui';
import { Icon } from './icons.tsx';

interface HintProps {
  /** Id of the hidden copy of the text, for `aria-describedby` of what is explained. */
  readonly id?: string;
  readonly subject: string;
  readonly text: string;
}

/** A small “?” that opens an explanation: by click, tap or key, since tooltips do not open on touch. */
export function Hint({ id, subject, text }: HintProps) {
  return (
    <Popover.Root>
      <Popover.Trigger className="c-hint" aria-label={`About ${subject}`}>
        <Icon name="help" />
      </Popover.Trigger>
      {id && (
        <span id={id} hidden>
          {text}
        </span>
      )}
      <Popover.Portal>
        <Popover.Content
          className="c-popover"
          side="top"
          sideOffset={4}
          collisionPadding={8}
          aria-label={subject}
        >
          {text}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
