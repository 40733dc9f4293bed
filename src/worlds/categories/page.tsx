import { partsOf, type StagePart } from '../../pages/worlds/parts.ts';
import { categoriesCharts } from './Charts.tsx';
import {
  cellsInWords,
  continuousInWords,
  drawCells,
  drawContinuous,
  drawMatrices,
  frameAt,
  matricesInWords,
} from './draw.ts';
import type { CellFrames, ContinuousFrames, MatrixFrames } from './recordings.ts';
import { CategoriesSentence } from './Sentence.tsx';
import { CategoriesSettingsPanel, DataChoice, MATRIX_WORDS } from './Settings.tsx';
import type { CategoriesSettings } from './world.ts';

const cellStage = (
  ink: 'data' | 'sample' | 'prediction',
  part: Pick<StagePart<CategoriesSettings, CellFrames>, 'subtitle' | 'readout' | 'learned'>,
): StagePart<CategoriesSettings, CellFrames> => ({
  ...part,
  draw: (frame, data) => drawCells(frame, data, frame.palette[ink]),
  words: cellsInWords,
});

const distance = ({ distance: found }: CellFrames) =>
  found
    ? `ends with total variation ${found.own.toFixed(2)}, true draws ${found.draws.toFixed(2)}`
    : 'over the exact q_t';

const continuousStage: StagePart<CategoriesSettings, ContinuousFrames> = {
  learned: false,
  subtitle: () => ['as strong, without cells', 'shades: exact q_t'],
  draw: drawContinuous,
  words: continuousInWords,
  readout: ({ variations }) =>
    `at most ${Math.max(...variations).toFixed(3)} from the cells’ q_t (total variation)`,
};

const matrixStage: StagePart<CategoriesSettings, MatrixFrames> = {
  learned: false,
  subtitle: ({ matrix }) => [MATRIX_WORDS[matrix].label, 'one step, and all up to t'],
  draw: drawMatrices,
  words: matricesInWords,
  readout: ({ T, n }) => `${n} × ${n}, T = ${T}`,
};

export const categoriesParts = partsOf<CategoriesSettings>({
  stages: {
    forward: cellStage('data', {
      learned: false,
      subtitle: ({ matrix }) => [`${MATRIX_WORDS[matrix].label} hops`, 'shades: exact q_t'],
      readout: distance,
    }),
    continuous: continuousStage,
    reverse: cellStage('sample', {
      learned: true,
      subtitle: ({ variables, nChain }) => [
        variables === 'one' ? 'one variable of 1 024' : 'two variables of 32',
        `${nChain} steps`,
      ],
      readout: distance,
    }),
    perfect: cellStage('prediction', {
      learned: false,
      subtitle: ({ variables }) =>
        variables === 'one' ? ['exact answers'] : ['exact for each coordinate', 'the best a network can do'],
      readout: distance,
    }),
    matrix: matrixStage,
  },
  signal: (_settings, time, forward: CellFrames | null) =>
    forward?.kept ? forward.kept[frameAt(forward, time)]! : 1 - time,
  steps: ({ nChain }) => nChain,
  Sentence: CategoriesSentence,
  charts: categoriesCharts,
  Settings: CategoriesSettingsPanel,
  Data: DataChoice,
});
