import type { WorldChart } from '../../pages/worlds/parts.ts';
import { ControlCard } from './ControlCard.tsx';
import { PairMap } from './PairMap.tsx';
import { Plane } from './Plane.tsx';
import { ProbeCard } from './ProbeCard.tsx';
import { RoundingChart } from './RoundingChart.tsx';
import { Scoreboard } from './Scoreboard.tsx';
import { CONTROLLED, hasMasks, type WordsSettings } from './settings.ts';
import './words.css';

export const wordsCharts: readonly WorldChart<WordsSettings>[] = [
  { name: 'sentence', what: 'The sentence asked about', Card: ProbeCard },
  {
    name: 'pair',
    what: 'The two words together',
    Card: PairMap,
    suits: ({ method }) => hasMasks(method),
  },
  {
    name: 'rounding',
    what: 'The chart “Rounding by t”',
    Card: RoundingChart,
    suits: ({ method }) => method === 'diffusion-lm',
  },
  {
    name: 'control',
    what: 'The table of control',
    Card: ControlCard,
    suits: ({ method }) => CONTROLLED.includes(method),
  },
  {
    name: 'plane',
    what: 'The plane of words',
    Card: Plane,
    suits: ({ method, dimension }) => method === 'diffusion-lm' && dimension === 2,
  },
  { name: 'scoreboard', what: 'The scoreboard', Card: Scoreboard, wide: true },
];
