/** A condition on the samples of a reverse process, in data units, and the way in which it is kept. */
export type Condition = FactorCondition | KnownCondition | ClassCondition | RegionCondition;

/** r(x) = exp(−½(x − centre)ᵀR⁻¹(x − centre)): the samples are to be of p(x)·r(x)/Z. */
export interface FactorCondition {
  readonly kind: 'r';
  readonly centre: readonly [x: number, y: number];
  /** Standard deviations along the axes of the ellipse; the first axis is turned by `angle`. */
  readonly sd: readonly [first: number, second: number];
  /** Degrees from the x axis, anticlockwise, 0 to 180. */
  readonly angle: number;
  readonly way: FactorWay;
}

/** One coordinate of x_0 is known: u·x = value with u = (cos angle, sin angle). */
export interface KnownCondition {
  readonly kind: 'known';
  /** Degrees from the x axis, 0 to 360: 0 for x, 90 for y. */
  readonly angle: number;
  readonly value: number;
  readonly way: KnownWay;
  /** U of RePaint; read by that way. */
  readonly repeats: number;
}

/** One class is wanted: p(x)·p(y|x)^scale. */
export interface ClassCondition {
  readonly kind: 'class';
  /** 1…K. */
  readonly index: number;
  /** s; 1 is Bayes' rule. */
  readonly scale: number;
  readonly way: ClassWay;
  /** Of Dhariwal & Nichol 2021: 1 shifts the mean of each step, 2 the predicted noise. Read by a classifier's ways. */
  readonly algorithm: 1 | 2;
  /** Where Algorithm 1 takes the gradient: at the step's mean, or at x_t. */
  readonly at: 'mean' | 'x';
}

/** x lies within an outline that is drawn by hand: the samples are to be of p(x|x ∈ A). */
export interface RegionCondition {
  readonly kind: 'region';
  /** Vertices of the closed outline, 3 to MOST_VERTICES, by the even-odd rule. */
  readonly outline: readonly (readonly [x: number, y: number])[];
  readonly way: RegionWay;
}

/** A lasso is simplified to so many: a link carries them. */
export const MOST_VERTICES = 24;

/** The choices of each kind of condition, in the order in which they are offered; the first is the usual one. */
export const FACTOR_WAYS = ['exact', '2015', 'product', 'reconstruction'] as const;
export const KNOWN_WAYS = ['exact', 'replacement', 'repaint', 'projection'] as const;
export const REGION_WAYS = ['exact', 'reconstruction'] as const;
export const CLASS_WAYS = ['exact', 'classifier', 'classifier-free'] as const;

export type FactorWay = (typeof FACTOR_WAYS)[number];
export type KnownWay = (typeof KNOWN_WAYS)[number];
export type RegionWay = (typeof REGION_WAYS)[number];
export type ClassWay = (typeof CLASS_WAYS)[number];

/** A condition as a program writes it; what is left out is as in a new one. */
export type ConditionInput =
  | (Pick<FactorCondition, 'kind' | 'centre'> & {
      readonly sd?: number | readonly [number, number];
      /** xx, xy, yy, or the whole matrix. */
      readonly covariance?:
        | readonly [number, number, number]
        | readonly [readonly [number, number], readonly [number, number]];
      readonly angle?: number;
      readonly way?: FactorWay;
    })
  | (Pick<KnownCondition, 'kind' | 'value'> & {
      /** A unit vector. */
      readonly direction?: readonly [ux: number, uy: number];
      readonly angle?: number;
      readonly way?: KnownWay;
      readonly repeats?: number;
    })
  | (Pick<RegionCondition, 'kind' | 'outline'> & Partial<Pick<RegionCondition, 'way'>>)
  | (Pick<ClassCondition, 'kind' | 'index'> & Partial<Omit<ClassCondition, 'kind' | 'index'>>);

/** u of a known coordinate. */
export function directionOf({ angle }: Pick<KnownCondition, 'angle'>): readonly [ux: number, uy: number] {
  const radians = (angle * Math.PI) / 180;
  // Along the axes to the bit: cos 90° is 6e-17.
  if (angle % 90 === 0) return AXES[(angle / 90) % 4]!;
  return [Math.cos(radians), Math.sin(radians)];
}

const AXES = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** R of r(x), as xx, xy, yy. */
export function covarianceOf({
  sd: [first, second],
  angle,
}: Pick<FactorCondition, 'sd' | 'angle'>): readonly [xx: number, xy: number, yy: number] {
  const [cos, sin] = directionOf({ angle });
  return [
    (first * cos) ** 2 + (second * sin) ** 2,
    (first ** 2 - second ** 2) * cos * sin,
    (first * sin) ** 2 + (second * cos) ** 2,
  ];
}

/** The ellipse of a covariance; sd are not numbers where it has no positive one. */
export function ellipseOf([xx, xy, yy]: readonly [number, number, number]): Pick<
  FactorCondition,
  'sd' | 'angle'
> {
  const middle = (xx + yy) / 2;
  const spread = Math.hypot((xx - yy) / 2, xy);
  const degrees = (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI;
  return { sd: [Math.sqrt(middle + spread), Math.sqrt(middle - spread)], angle: (degrees + 180) % 180 };
}
