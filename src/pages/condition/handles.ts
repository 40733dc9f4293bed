import { CONDITION } from '../../experiment/conditions/check.ts';
import { boundsOf, movedTo, outlineOf, scaledBy } from '../../experiment/conditions/outline.ts';
import {
  type Condition,
  directionOf,
  type FactorCondition,
  type KnownCondition,
  type RegionCondition,
} from '../../experiment/conditions/types.ts';

type Point = readonly [x: number, y: number];

/** A place of a condition's picture that can be moved, data units. */
export interface Handle {
  readonly name: string;
  readonly at: Point;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
  /** The condition with the handle there. */
  moved(to: Point): Condition;
  /** So many times as large; missing where it is not the size that it changes. */
  resized?(factor: number): Condition;
  /** The condition that a path drawn from the handle makes; null where that is none. A drag then draws. */
  drawn?(path: readonly Point[]): Condition | null;
}

export function handlesOf(condition: Condition): readonly Handle[] {
  switch (condition.kind) {
    case 'r':
      return factorHandles(condition);
    case 'known':
      return knownHandles(condition);
    case 'region':
      return regionHandles(condition);
    case 'class':
      return [];
  }
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
const within = ({ min, max }: { readonly min: number; readonly max: number }, value: number): number =>
  Math.min(max, Math.max(min, round(value)));

function factorHandles(condition: FactorCondition): readonly Handle[] {
  const { centre, sd, angle } = condition;
  const [cos, sin] = directionOf({ angle });
  return [
    {
      name: 'Centre of r',
      at: centre,
      value: centre[0],
      text: `at ${round(centre[0])}, ${round(centre[1])}`,
      moved: ([x, y]) => ({
        ...condition,
        centre: [within(CONDITION.coordinate, x), within(CONDITION.coordinate, y)],
      }),
    },
    {
      name: 'Width and angle of r',
      at: [centre[0] + sd[0] * cos, centre[1] + sd[0] * sin],
      value: sd[0],
      text: `deviation ${round(sd[0])} at ${round(angle)} degrees`,
      moved([x, y]) {
        const [dx, dy] = [x - centre[0], y - centre[1]];
        const turned = (Math.atan2(dy, dx) * 180) / Math.PI;
        return {
          ...condition,
          sd: [within(CONDITION.sd, Math.hypot(dx, dy)), sd[1]],
          angle: Math.round(((turned + 360) % 180) * 100) / 100,
        };
      },
    },
    {
      name: 'Second width of r',
      at: [centre[0] - sd[1] * sin, centre[1] + sd[1] * cos],
      value: sd[1],
      text: `deviation ${round(sd[1])}`,
      moved: ([x, y]) => ({
        ...condition,
        sd: [sd[0], within(CONDITION.sd, Math.abs((y - centre[1]) * cos - (x - centre[0]) * sin))],
      }),
    },
  ];
}

function regionHandles(condition: RegionCondition): readonly Handle[] {
  const { outline } = condition;
  const { middle, halfWidth } = boundsOf(outline);
  const [first, ...others] = outline;
  return [
    {
      name: 'Middle of the outline',
      at: middle,
      value: middle[0],
      text: `at ${round(middle[0])}, ${round(middle[1])}, half width ${round(halfWidth)}`,
      moved: (to) => ({ ...condition, outline: movedTo(outline, to) }),
      resized: (factor) => ({ ...condition, outline: scaledBy(outline, factor) }),
    },
    {
      name: 'Outline: drag to draw it anew',
      at: first!,
      value: first![0],
      text: `first of ${outline.length} vertices, at ${round(first![0])}, ${round(first![1])}`,
      moved: ([x, y]) => ({
        ...condition,
        outline: [[within(CONDITION.coordinate, x), within(CONDITION.coordinate, y)], ...others],
      }),
      drawn(path) {
        const drawn = outlineOf(path);
        return drawn && { ...condition, outline: drawn };
      },
    },
  ];
}

function knownHandles(condition: KnownCondition): readonly Handle[] {
  const [ux, uy] = directionOf(condition);
  const { value } = condition;
  return [
    {
      name: 'Known value',
      at: [value * ux, value * uy],
      value,
      text: `${round(value)} along ${round(condition.angle)} degrees`,
      moved: ([x, y]) => ({ ...condition, value: within(CONDITION.coordinate, ux * x + uy * y) }),
    },
  ];
}
