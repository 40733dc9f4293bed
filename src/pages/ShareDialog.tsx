import { useRef, useState } from 'react';
import { Button } from '../controls/Button.tsx';
import { copyText } from '../controls/copyText.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/icons.tsx';
import { usePlayground } from '../store/react.ts';
import { embedCode, fullPageLink } from './links.ts';

export function ShareDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const config = usePlayground((state) => state.config);
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => !now && onClose()}
      title="Share this experiment"
      description="The link holds every setting and the seed. Nothing is uploaded."
    >
      <CopyField label="Link" text={fullPageLink(config)} />
      <CopyField label="Code for a blog post" text={embedCode(config)} />
    </Dialog>
  );
}

function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    if (field.current !== null) setState((await copyText(field.current)) ? 'copied' : 'failed');
  };
  return (
    <div className="copy-field">
      <label>
        <span>{label}</span>
        <input ref={field} readOnly value={text} onFocus={(event) => event.target.select()} />
      </label>
      <Button icon={<Icon name="copy" />} onClick={() => void copy()}>
        {state === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="copy-status">
        {state === 'failed' && <span>The browser refused. The text is selected: press Ctrl+C or ⌘C.</span>}
      </span>
    </div>
  );
}
