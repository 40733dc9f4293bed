import { useState } from 'react';
import { datasets } from '../../core/datasets/index.ts';
import { tableOf, trainingSize } from '../../experiment/dataset.ts';
import { CUSTOM_DATASET } from '../../experiment/fields.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DrawPad } from '../../ui/DrawPad.tsx';
import { Icon } from '../../ui/icons.tsx';
import { UploadZone } from '../../ui/UploadZone.tsx';
import type { Upload } from '../../ui/useUpload.ts';
import { useDataConfig } from '../useDataConfig.ts';
import { FieldSlider } from './FieldSlider.tsx';

const times = (factor: number) => `${Number(factor.toPrecision(2))}×`;

export function DataPanel({ upload, over }: { readonly upload: Upload; readonly over: boolean }) {
  const dataset = useField('dataset');
  const custom = dataset === CUSTOM_DATASET;
  const summary = custom ? 'The points that you drew or uploaded.' : datasets.get(dataset).summary;
  const noisy = !custom && datasets.get(dataset).noisy;
  const label = custom ? 'Your points' : datasets.get(dataset).label;
  return (
    <section className="panel-section">
      <div>
        <h2>{label}</h2>
        <p className="panel-note">{summary}</p>
      </div>
      {custom ? (
        <OwnPoints />
      ) : (
        <FieldSlider
          name="nPoints"
          label="Training points"
          hint="Size of the training set. With few points the network learns them by heart."
        />
      )}
      {noisy && (
        <FieldSlider
          name="noise"
          format={times}
          step={0.05}
          hint="Multiplies the noise that the data set itself has; 1 is its usual definition."
        />
      )}
      <FieldSlider
        name="seed"
        hint="All randomness comes from this number: equal seeds give equal pictures."
      />
      <Drawing />
      <UploadZone upload={upload} over={over} />
    </section>
  );
}

/** How many points the person has given, and what the file said of them: all are the training set. */
function OwnPoints() {
  const data = useDataConfig();
  const n = trainingSize({ ...data, nPoints: 0 });
  const { names, classes } = tableOf(data);
  return (
    <dl className="own-points">
      <dt>Training points</dt>
      <dd>{n.toLocaleString('en')}</dd>
      {names[0] !== '' && (
        <>
          <dt>Axes</dt>
          <dd>{`${names[0]}, ${names[1]}`}</dd>
        </>
      )}
      {classes.length > 0 && (
        <>
          <dt>Classes</dt>
          <dd>{classes.join(', ')}</dd>
        </>
      )}
    </dl>
  );
}

/** Drawing trains on what is drawn when the person is done, so that every stroke is not a new model. */
function Drawing() {
  const draft = usePlayground((state) => state.draftPoints);
  const actions = usePlaygroundActions();
  const [drawing, setDrawing] = useState<readonly number[] | null>(null);
  const done = () => {
    if (drawing !== null && (drawing === draft || actions.setCustomPoints(drawing))) setDrawing(null);
  };
  return (
    <>
      <Button icon={<Icon name="pen" />} onClick={() => setDrawing(draft)}>
        Draw your own data
      </Button>
      <Dialog
        open={drawing !== null}
        onOpenChange={(open) => !open && setDrawing(null)}
        title="Draw your own data"
        description="Paint where the data should be. The model then learns to make points that look like yours."
        actions={
          <Button variant="primary" disabled={(drawing?.length ?? 0) === 0} onClick={done}>
            Train on this drawing
          </Button>
        }
      >
        {drawing !== null && <DrawPad points={drawing} onChange={setDrawing} />}
        {drawing?.length === 0 && (
          <p className="panel-note">An empty drawing cannot be trained on: draw at least three points.</p>
        )}
      </Dialog>
    </>
  );
}
