import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { ImportState, Opened } from './importState.ts';
import { PictureImport } from './PictureImport.tsx';
import { TableImport } from './TableImport.tsx';
import './import.css';

/** What was understood of a file, before it replaces anything. */
export function ImportDialog({ opened: state }: { readonly opened: ImportState }) {
  const { opened, fileName, problem } = state;
  if (opened === null) return null;
  const ready = problem === null && !state.reading && isReady(opened);
  return (
    <Dialog
      open
      wide={opened.kind === 'table'}
      onOpenChange={(now) => !now && state.cancel()}
      title={`Open ${fileName}`}
      description={described(opened)}
      actions={
        <>
          <Button onClick={state.cancel}>Cancel</Button>
          <Button variant="primary" disabled={!ready} onClick={state.confirm}>
            {opened.kind === 'experiment' ? 'Open this experiment' : 'Train on these points'}
          </Button>
        </>
      }
    >
      {opened.kind === 'table' && <TableImport table={opened.table} choose={state.choose} />}
      {opened.kind === 'picture' && <PictureImport picture={opened.picture} choose={state.choose} />}
      {problem && <Notice tone="error" {...problem} />}
    </Dialog>
  );
}

const isReady = (opened: Opened) => opened.kind !== 'table' || opened.table.result.ok;

function described(opened: Opened): string {
  if (opened.kind === 'table') return opened.table.sentence;
  if (opened.kind === 'experiment') return 'It holds a whole experiment, which takes the place of this one.';
  const { width, height } = opened.picture;
  return `A picture of ${width} by ${height} points, whose darkness says how dense the data are.`;
}
