import { formatCounted } from '../../experiment/numberText.ts';
import { partsOf, type StagePart } from '../../pages/worlds/parts.ts';
import { wordsCharts } from './Charts.tsx';
import { drawWords, wordsInWords } from './draw.ts';
import { METHOD_FACTS } from './methodFacts.ts';
import type { WordRows } from './recordings.ts';
import { WordsSentence } from './Sentence.tsx';
import { WordsSettingsPanel } from './Settings.tsx';
import type { WordsSettings } from './settings.ts';

function rowsStage(
  part: Pick<StagePart<WordsSettings, WordRows>, 'subtitle' | 'learned'>,
): StagePart<WordsSettings, WordRows> {
  return {
    ...part,
    draw: drawWords,
    words: wordsInWords,
    readout: ({ quality, times }) => {
      if (quality === null)
        return times.length === 2 ? 'noised at once' : `${times.length - 1} steps of noise`;
      const share = (part: number) => formatCounted(part, quality.counted);
      const also = quality.success === null ? '' : `, ${share(quality.success)} as asked`;
      return `${share(quality.valid)} end valid, ${quality.distinct} of ${quality.counted} distinct${also}`;
    },
  };
}

/** How words are said: nothing else but chips tells of time. */
function stepsOf({ method, nChain, steps, wordsPerStep }: WordsSettings): number {
  if (method === 'd3pm') return Math.min(nChain, steps);
  if (['any-order', 'bert', 'gpt'].includes(method)) return Math.ceil(12 / wordsPerStep);
  return steps;
}

export const wordsParts = partsOf<WordsSettings>({
  stages: {
    forward: rowsStage({
      learned: false,
      subtitle: ({ method }) => [METHOD_FACTS[method].label, 'true sentences under ever more noise'],
    }),
    learned: rowsStage({
      learned: true,
      subtitle: (settings) => ['said by your network', `${stepsOf(settings)} steps`],
    }),
    factorised: rowsStage({
      learned: false,
      subtitle: () => ['each word exact', 'independent of the others', 'the best a network can do'],
    }),
    exact: rowsStage({
      learned: false,
      subtitle: () => ['whole sentences', 'exact', 'drawn from p(x₀ | x_t)'],
    }),
  },
  signal: (_settings, time) => 1 - time,
  steps: stepsOf,
  Sentence: WordsSentence,
  charts: wordsCharts,
  Settings: WordsSettingsPanel,
});
