import { type CSSProperties, useSyncExternalStore } from 'react';
import { spreadOut } from '../../charts/endLabels.ts';
import { WORDS } from '../../core/words/language.ts';
import { useClock } from '../../pages/clockContext.ts';
import { useWorldRecording } from '../../store/worlds/react.ts';
import { frameAt } from './draw.ts';
import type { PlaneAnswer } from './recordings.ts';
import { hueOf } from './wordColours.ts';

/** Half width of the plane, in the units of the embeddings. */
export const REACH = 3;
/** Where the words are written: to the left and to the right of their points, none over another. */
const COLUMN = 2;
const SPACING = 0.3;
/** Between a line and the word that it leads to. */
const GAP = 0.06;

/** At d = 2 the words are points of a plane, and one position of noisy sentences a cloud: the bridge to Points. */
export function Plane() {
  const answer = useWorldRecording<PlaneAnswer>('plane')?.data ?? null;
  const clock = useClock();
  const time = useSyncExternalStore(clock.subscribe, () => clock.time);
  const embeddings = answer?.embeddings ?? null;
  const points =
    answer && answer.points.length > 0 ? answer.points[frameAt(answer, time)]! : new Float32Array();
  const dots = Array.from({ length: points.length / 2 }, (_, k) => ({
    x: points[2 * k]!,
    y: points[2 * k + 1]!,
    name: `sentence ${k + 1}`,
  }));
  return (
    <section className="chart-card words-card" aria-label="The plane of words">
      <h3>
        <span>The plane of words</span>
      </h3>
      <svg
        className="words-plane"
        viewBox={`${-REACH} ${-REACH} ${2 * REACH} ${2 * REACH}`}
        role="img"
        aria-label={`14 words as points of a plane, and the second word of ${dots.length} sentences as a cloud`}
      >
        {dots.map(({ x, y, name }) => (
          <circle key={name} cx={x} cy={-y} r={0.05} className="words-dot" />
        ))}
        {embeddings &&
          planeLabels(embeddings).map(({ v, x, y, isRight, middle }) => (
            <g key={WORDS[v]} style={{ '--hue': hueOf(v) } as CSSProperties}>
              <path d={`M${x} ${y} L${isRight ? COLUMN : -COLUMN} ${middle}`} className="words-leader" />
              <circle cx={x} cy={y} r={0.08} className="words-point" />
              <text
                x={isRight ? COLUMN + GAP : -COLUMN - GAP}
                y={middle + 0.08}
                textAnchor={isRight ? 'start' : 'end'}
              >
                {WORDS[v]}
              </text>
            </g>
          ))}
      </svg>
      <p className="words-note">x of the second word of each sentence, at the time of the stages.</p>
    </section>
  );
}

/** A word's point, downwards as pictures have it, and the height at which it is written. */
export interface PlaneLabel {
  readonly v: number;
  readonly x: number;
  readonly y: number;
  readonly isRight: boolean;
  readonly middle: number;
}

/** Words in two columns beside their points, as near to their heights as keeps them apart. @param embeddings [V][2] */
export function planeLabels(embeddings: ArrayLike<number>): readonly PlaneLabel[] {
  const points = Array.from({ length: embeddings.length / 2 }, (_, v) => ({
    v,
    x: embeddings[2 * v]!,
    y: -embeddings[2 * v + 1]!,
  }));
  const acrossward = points.toSorted((a, b) => a.x - b.x);
  const half = Math.ceil(points.length / 2);
  return [false, true].flatMap((isRight) => {
    const side = (isRight ? acrossward.slice(half) : acrossward.slice(0, half)).toSorted((a, b) => a.y - b.y);
    const room: [number, number] = [SPACING - REACH, REACH - SPACING];
    const middles = spreadOut(
      side.map(({ y }) => y),
      SPACING,
      room,
    );
    return side.map((point, k) => ({ ...point, isRight, middle: middles[k]! }));
  });
}
