import { discreteBetas } from '../../core/discrete/betas.ts';
import { bitChain } from '../../core/discrete/bits.ts';
import { formatShare } from '../../experiment/numberText.ts';
import { partsOf, type StagePart } from '../../pages/worlds/parts.ts';
import { bitsCharts } from './Charts.tsx';
import { bitsInWords, drawBits } from './draw.ts';
import type { BitFrames, ProductFrames } from './recordings.ts';
import { BitsSentence } from './Sentence.tsx';
import { BitsSettingsPanel } from './Settings.tsx';
import type { BitsSettings } from './world.ts';

function rowsStage<D extends BitFrames>(
  ink: 'data' | 'sample' | 'prediction',
  part: Pick<StagePart<BitsSettings, D>, 'subtitle' | 'readout' | 'learned'> & { marks?: true },
): StagePart<BitsSettings, D> {
  return {
    ...part,
    draw: (frame, data, settings) =>
      drawBits(frame, data, frame.palette[ink], settings.patterns, part.marks ? settings.rBits : []),
    words: (data, time, { patterns }) => bitsInWords(data, time, patterns),
  };
}

/** Shares of rows that end as a pattern. */
const known = ({ shares }: BitFrames) => (shares ? Math.max(0, 1 - shares.at(-1)!) : 0);
const readShares = (data: BitFrames) =>
  `${formatShare(known(data))} of ${data.counted} rows end as a pattern`;

export const bitsParts = partsOf<BitsSettings>({
  stages: {
    forward: rowsStage('data', {
      learned: false,
      subtitle: ({ nRows, patterns }) => [`${patterns.length} patterns`, `${nRows} rows flipped bit by bit`],
      readout: ({ T }) => `T = ${T} steps of flips`,
    }),
    reverse: rowsStage('sample', {
      learned: true,
      subtitle: ({ nChain }) => ['by your network', 'Bernoulli(f_b)', `${nChain} steps`],
      readout: readShares,
    }),
    perfect: rowsStage('prediction', {
      learned: false,
      subtitle: () => ['each bit exact', 'independent of the others', 'the best a network can do'],
      readout: readShares,
    }),
    product: rowsStage<ProductFrames>('sample', {
      learned: true,
      marks: true,
      subtitle: ({ rBits, certainty }) => [
        rBits.length === 0
          ? 'no bit chosen'
          : `${rBits.length === 1 ? 'bit' : 'bits'} ${rBits.join(', ')} on`,
        `certainty ${certainty}`,
      ],
      readout: (data) =>
        data.exact === null ? 'r(x) excludes every pattern' : `${formatShare(known(data))} end as a pattern`,
    }),
  },
  signal: ({ schedule, nChain }, time) => {
    const { kept } = bitChain(discreteBetas(schedule, nChain));
    return kept[Math.round(time * nChain)]!;
  },
  steps: ({ nChain }) => nChain,
  Sentence: BitsSentence,
  charts: bitsCharts,
  Settings: BitsSettingsPanel,
});
