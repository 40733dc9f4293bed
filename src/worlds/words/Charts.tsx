import { Boundary } from '../../pages/Boundary.tsx';
import { PairMap } from './PairMap.tsx';
import { Plane } from './Plane.tsx';
import { ProbeCard } from './ProbeCard.tsx';
import { Scoreboard } from './Scoreboard.tsx';
import './words.css';

export function WordsCharts() {
  return (
    <>
      <Boundary what="The sentence asked about" className="chart-card">
        <ProbeCard />
      </Boundary>
      <Boundary what="The two words together" className="chart-card">
        <PairMap />
      </Boundary>
      <Boundary what="The plane of words" className="chart-card">
        <Plane />
      </Boundary>
      <Boundary what="The scoreboard" className="chart-card">
        <Scoreboard />
      </Boundary>
    </>
  );
}
