import { datasets } from '../../core/datasets/index.ts';
import type { MatrixId } from '../../core/discrete/matrices.ts';
import { WorldChoice, WorldNumber } from '../../pages/worlds/fields.tsx';
import { useWorldSettings } from '../../store/worlds/react.ts';
import type { CategoriesSettings } from './world.ts';

export const MATRIX_WORDS: Readonly<Record<MatrixId, { readonly label: string; readonly summary: string }>> =
  {
    uniform: { label: 'Uniform', summary: 'To any value alike.' },
    absorbing: {
      label: 'Absorbing',
      summary: 'Into a mask, from which nothing returns: masked points wait on the rails.',
    },
    gaussian: {
      label: 'Discretised Gaussian',
      summary: 'To near values rather than to far ones, as noise of pictures.',
    },
    neighbour: { label: 'Nearest neighbours', summary: 'A walk from cell to cell along each axis.' },
  };
const SCHEDULES = {
  jsd: { label: '1/(T − t + 1)', summary: 'Forgets the same share of the data at each step.' },
  cosine: { label: 'Cosine', summary: 'Slow at both ends.' },
  linear: { label: 'Linear', summary: 'DDPM’s β.' },
  'mutual-information': {
    label: 'Mutual information',
    summary: 'What x_t tells of x₀ falls evenly; exact, from the table of cells.',
  },
};
const VARIABLES = {
  two: {
    label: 'Two of 32',
    summary: 'A coordinate each, answered independently: the gap to the entropy is the price.',
  },
  one: {
    label: 'One of 1 024',
    summary: 'The cell itself: nothing is lost, and there is far more to learn.',
  },
};
const LOSSES = {
  ce: { label: 'Cross-entropy of x₀', summary: 'How surprised the network is of the clean cell.' },
  hybrid: { label: 'L_vb + λ · cross-entropy', summary: 'The bound itself, with a little of the other.' },
};
const DATASETS = Object.fromEntries(
  datasets.entries.map(({ id, label, summary }) => [id, { label, summary }]),
);

export function DataChoice() {
  return <WorldChoice name="dataset" words={DATASETS} />;
}

export function CategoriesSettingsPanel() {
  const { loss } = useWorldSettings<CategoriesSettings>();
  return (
    <div className="panel-section">
      <h2>Data</h2>
      <DataChoice />
      <WorldNumber name="noise" step={0.05} />
      <h2>Noise</h2>
      <WorldChoice name="matrix" words={MATRIX_WORDS} />
      <WorldChoice name="schedule" words={SCHEDULES} />
      <WorldNumber name="nChain" hint="Number of small noising steps from data to noise." />
      <h2>Model</h2>
      <WorldChoice name="variables" words={VARIABLES} />
      <WorldChoice
        name="loss"
        words={LOSSES}
        hint="ln q(x_t | x₀) is added to the network’s answers: what the noise itself says need not be learned. Three quarters of the times are drawn where most is forgotten."
      />
      {loss === 'hybrid' && <WorldNumber name="lambda" step={0.001} />}
      <WorldNumber name="width" />
      <WorldNumber name="depth" />
      <WorldNumber name="learningRate" />
      <WorldNumber name="batchSize" />
      <WorldNumber name="emaDecay" />
      <WorldNumber name="budgetSteps" />
      <WorldNumber name="seed" />
      <h2>View</h2>
      <WorldNumber name="nParticles" />
    </div>
  );
}
