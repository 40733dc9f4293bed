import { useRef, useState } from 'react';
import { formatCount } from '../experiment/numberText.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { experimentText } from '../store/imports/experimentFile.ts';
import { usePlayground } from '../store/react.ts';
import { Button } from '../ui/Button.tsx';
import { copyText } from '../ui/copyText.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/Notice.tsx';
import { embedCode, fullPageLink } from './links.ts';
import './shareDialog.css';

export function ShareDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const config = usePlayground((state) => state.config);
  const onDevice = config.customData !== '';
  const step = usePlayground((state) => state.step);
  const training = trainingText(config, step);
  const isKept = usePlayground(({ unkept }) => unkept !== config.customData);
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => !now && onClose()}
      title="Share this experiment"
      description={
        onDevice
          ? 'The link holds every setting and the seed, but not your points: they are too many, or too far out, for a link.'
          : 'The link holds every setting and the seed. Nothing is uploaded.'
      }
    >
      <p className="share-training">{training}</p>
      {onDevice && (
        <Notice
          tone="warning"
          message={
            isKept
              ? 'This link opens only in this browser, on this device, where the points are kept.'
              : 'This browser keeps no data for this page, so this link opens nowhere once the page is closed.'
          }
          advice="Save the experiment as a file to pass it on; dropping that file on the page opens it."
        />
      )}
      <CopyField label="Link" text={fullPageLink(config)} />
      <CopyField label="Code for a blog post" text={embedCode(config)} />
      <Button icon={<Icon name="download" />} onClick={() => saveFile(experimentText(config))}>
        Save the experiment as a file
      </Button>
    </Dialog>
  );
}

/** What whoever opens the link has to wait for. */
function trainingText({ budgetSteps, pace }: ExperimentConfig, step: number): string {
  const time = pace === 'followed' ? ', in about ten seconds' : '';
  const own = step > budgetSteps ? ` Yours has had ${formatCount(step)} steps.` : '';
  return `A link carries no weights: whoever opens it trains anew, ${formatCount(budgetSteps)} steps${time}.${own}`;
}

function saveFile(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'diffusion-experiment.json';
  link.click();
  URL.revokeObjectURL(address);
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
