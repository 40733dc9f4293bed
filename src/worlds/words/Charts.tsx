import type { WorldChart } from '../../pages/worlds/parts.ts';
import { ControlCard } from './ControlCard.tsx';
import { PairMap } from './PairMap.tsx';
import { Plane } from './Plane.tsx';
import { ProbeCard } from './ProbeCard.tsx';
import { RoundingChart } from './RoundingChart.tsx';
import { Scoreboard } from './Scoreboard.tsx';
import './words.css';

export const wordsCharts: readonly WorldChart[] = [
  { name: 'sentence', what: 'The sentence asked about', Card: ProbeCard },
  { name: 'pair', what: 'The two words together', Card: PairMap },
  { name: 'rounding', what: 'The chart “Rounding by t”', Card: RoundingChart },
  { name: 'control', what: 'The table of control', Card: ControlCard },
  { name: 'plane', what: 'The plane of words', Card: Plane },
  { name: 'scoreboard', what: 'The scoreboard', Card: Scoreboard },
];
