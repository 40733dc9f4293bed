import { datasets } from '../../core/datasets/index.ts';
import { tableOf, trainingSize } from '../../experiment/dataset.ts';
import { CUSTOM_DATASET } from '../../experiment/fields.ts';
import { useField } from '../../store/react.ts';
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
