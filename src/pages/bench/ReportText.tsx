import { useRef, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { copyText } from '../../ui/copyText.ts';

const SAID = {
  none: '',
  copied: 'Copied.',
  failed: 'Select the text and copy it with the keyboard.',
} as const;

/** The result to take along. */
export function ReportText({ text }: { readonly text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [state, setState] = useState<keyof typeof SAID>('none');
  const copy = async () => {
    if (field.current !== null) setState((await copyText(field.current)) ? 'copied' : 'failed');
  };
  return (
    <div className="bench-report">
      <textarea ref={field} readOnly rows={6} value={text} aria-label="The result as text" />
      <div className="bench-controls">
        <Button onClick={() => void copy()}>Copy as text</Button>
        <span role="status">{SAID[state]}</span>
      </div>
    </div>
  );
}
