import type { WorldChart } from '../../pages/worlds/parts.ts';
import { PairMap } from './PairMap.tsx';
import { Plane } from './Plane.tsx';
import { ProbeCard } from './ProbeCard.tsx';
import { Scoreboard } from './Scoreboard.tsx';
import './words.css';

export const wordsCharts: readonly WorldChart[] = [
  { name: 'sentence', what: 'The sentence asked about', Card: ProbeCard },
  { name: 'pair', what: 'The two words together', Card: PairMap },
  { name: 'plane', what: 'The plane of words', Card: Plane },
  { name: 'scoreboard', what: 'The scoreboard', Card: Scoreboard },
];
