import { useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';
import { Icon } from '../../ui/icons.tsx';
import { experimentLink } from '../links.ts';

/** Copies the short link of an experiment; where the browser refuses, the link stands there to be copied by hand. */
export function CopyLink({ id }: { readonly id: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const copy = async () => {
    const copied = field.current !== null && (await copyText(field.current));
    setState(copied ? 'copied' : 'failed');
    if (copied) button.current?.focus();
  };
  const words = state === 'copied' ? 'Copied' : 'Copy link';
  return (
    <span className="copy-link" data-state={state}>
      <input
        ref={field}
        readOnly
        tabIndex={state === 'failed' ? 0 : -1}
        aria-label="Link to this experiment"
        value={experimentLink(id)}
      />
      <Button
        ref={button}
        variant="quiet"
        aria-label={words}
        icon={<Icon name="link" />}
        onClick={() => void copy()}
      >
        {words}
      </Button>
    </span>
  );
}
