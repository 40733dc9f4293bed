import { useState } from 'react';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { DrawPad } from '../ui/DrawPad.tsx';

interface DrawDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Trains on what is drawn when the person is done, so that every stroke is not a new model. */
export function DrawDialog({ open, onClose }: DrawDialogProps) {
  const draft = usePlayground((state) => state.draftPoints);
  const actions = usePlaygroundActions();
  /** Null as long as nothing has been changed. */
  const [drawn, setDrawn] = useState<readonly number[] | null>(null);
  const drawing = drawn ?? draft;
  const close = () => {
    setDrawn(null);
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(now) => !now && close()}
      title="Draw your own data"
      description="Paint where the data should be. The model then learns to make points that look like yours."
      actions={
        <Button
          variant="primary"
          disabled={drawing.length === 0}
          onClick={() => actions.setCustomPoints(drawing) && close()}
        >
          Train on this drawing
        </Button>
      }
    >
      {open && <DrawPad points={drawing} onChange={setDrawn} />}
      {drawing.length === 0 && (
        <p className="panel-note">An empty drawing cannot be trained on: draw at least three points.</p>
      )}
    </Dialog>
  );
}
