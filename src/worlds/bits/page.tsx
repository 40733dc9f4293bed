import { discreteBetas } from '../../core/discrete/betas.ts';
import { bitChain } from '../../core/discrete/bits.ts';
import { formatCounted, formatShare } from '../../experiment/numberText.ts';
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
  `${formatCounted(known(data), data.counted)} of ${data.counted} rows end as a pattern`;

/** Shares of rows that end as a pattern with every bit of r on: of the product, and under exact p·r. */
function asked(
  { shares, exact }: ProductFrames,
  { patterns, rBits }: Pick<BitsSettings, 'patterns' | 'rBits'>,
) {
  const sum = (weights: Float64Array) =>
    patterns.reduce(
      (total, pattern, k) => total + (rBits.every((bit) => pattern[bit - 1] === '1') ? weights[k]! : 0),
      0,
    );
  return shares && exact && { own: sum(shares), exact: sum(exact) };
}

/** How often the product ends as r asks, beside how often p·r does. */
export function readProduct(data: ProductFrames, settings: Pick<BitsSettings, 'patterns' | 'rBits'>): string {
  if (data.exact === null) return 'r(x) excludes every pattern';
  const found = asked(data, settings);
  const ends = `${formatCounted(known(data), data.counted)} end as a pattern`;
  if (found === null || settings.rBits.length === 0) return ends;
  return `${ends}, ${formatCounted(found.own, data.counted)} as asked; exactly ${formatShare(found.exact)}`;
}

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
      readout: readProduct,
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
