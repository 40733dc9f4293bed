import { useRef } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './classNames.ts';
import { Icon } from './icons.tsx';
import { Notice } from './Notice.tsx';
import type { Upload } from './useUpload.ts';

interface UploadZoneProps {
  readonly upload: Upload;
  /** A file is held over the page (`useFileDrop`). */
  readonly over?: boolean;
}

/** A button for a file of points, and what was wrong with the last one. The drop target is the page (`useFileDrop`). */
export function UploadZone({ upload, over = false }: UploadZoneProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={classNames('c-upload', over && 'is-over')}>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.tab,.txt,.dat,.json,.jsonl,.ndjson,.geojson,text/csv,text/plain,application/json,image/*"
        aria-label="File of points"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file again, corrected, is a change too.
          event.target.value = '';
          if (file) upload.take(file);
        }}
      />
      <Button icon={<Icon name="upload" />} disabled={upload.reading} onClick={() => input.current?.click()}>
        {upload.reading ? 'Reading…' : 'Open a file'}
      </Button>
      <p className="c-summary">
        A table (CSV, JSON, …), a picture or a saved experiment; or drop it anywhere on the page.
      </p>
      {upload.problem && (
        <Notice
          tone="error"
          message={upload.problem.message}
          advice={upload.problem.advice}
          onDismiss={upload.dismiss}
        />
      )}
    </div>
  );
}
