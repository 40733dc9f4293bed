/** sRGB components in 0…255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** 256 RGBA bytes from the low end of a scale to the high end. */
export type ColourRamp = Uint8ClampedArray;

/** Reads "#rrggbb" or "#rgb"; a colour in any other notation must be resolved by the browser first. */
export function parseHex(hex: string): Rgb {
  if (!/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(hex))
    throw new RangeError(`"${hex}" is not a hexadecimal colour.`);
  const digits = hex.slice(1);
  const long = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const value = Number.parseInt(long, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const toLinear = (byte: number): number => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const toByte = (linear: number): number => {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
};

/** OKLab (Ottosson 2020): equal steps in it look equal. */
function toOklab([red, green, blue]: Rgb): [number, number, number] {
  const r = toLinear(red);
  const g = toLinear(green);
  const b = toLinear(blue);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: readonly [number, number, number]): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Perceptual mixture: `share` 0 is a, 1 is b. */
export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const from = toOklab(a);
  const to = toOklab(b);
  return fromOklab([
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ]);
}

/** The same of "#rrggbb" colours. */
export function mixHex(a: string, b: string, share: number): string {
  const bytes = mix(parseHex(a), parseHex(b), share).map((byte) =>
    Math.round(byte).toString(16).padStart(2, '0'),
  );
  return `#${bytes.join('')}`;
}

function rampOf(colourAt: (share: number) => Rgb, alphaAt: (share: number) => number): ColourRamp {
  const ramp = new Uint8ClampedArray(256 * 4);
  for (let k = 0; k < 256; k++) {
    ramp.set(colourAt(k / 255), 4 * k);
    ramp[4 * k + 3] = 255 * alphaAt(k / 255);
  }
  return ramp;
}

const ramps = new Map<string, ColourRamp>();

function remembered(key: string, make: () => ColourRamp): ColourRamp {
  let ramp = ramps.get(key);
  if (ramp === undefined) {
    ramp = make();
    ramps.set(key, ramp);
  }
  return ramp;
}

/** One hue, from see-through background to a strong version of `hex`; lightness is monotone on either theme. */
export function densityRamp(hex: string, background: string, dark: boolean): ColourRamp {
  return remembered(`density ${hex} ${background} ${dark}`, () => {
    const base = parseHex(hex);
    const ground = parseHex(background);
    const peak = mix(base, dark ? [255, 255, 255] : [0, 0, 0], dark ? 0.45 : 0.3);
    return rampOf(
      (share) => (share < 0.6 ? mix(ground, base, share / 0.6) : mix(base, peak, (share - 0.6) / 0.4)),
      (share) => Math.min(1, share / 0.12),
    );
  });
}

type Cubic = readonly (readonly [number, number, number])[];

/** Polynomial fits, degree 6, of matplotlib's viridis and magma (Matt Zucker, released as CC0). */
const VIRIDIS: Cubic = [
  [0.2777273272234177, 0.005407344544966578, 0.3340998053353061],
  [0.1050930431085774, 1.404613529898575, 1.384590162594685],
  [-0.3308618287255563, 0.214847559468213, 0.09509516302823659],
  [-4.634230498983486, -5.799100973351585, -19.33244095627987],
  [6.228269936347081, 14.17993336680509, 56.69055260068105],
  [4.776384997670288, -13.74514537774601, -65.35303263337234],
  [-5.435455855934631, 4.645852612178535, 26.3124352495832],
];
const MAGMA: Cubic = [
  [-0.002136485053939582, -0.000749655052795221, -0.005386127855323933],
  [0.2516605407371642, 0.6775232436837668, 2.494026599312351],
  [8.353717279216625, -3.577719514958484, 0.3144679030132573],
  [-27.66873308576866, 14.26473078096533, -13.64921318813922],
  [52.17613981234068, -27.94360607168351, 12.94416944238394],
  [-50.76852536473588, 29.04658282127291, 4.23415299384598],
  [18.65570506591883, -11.48977351997711, -5.601961508734096],
];

function polynomial(fit: Cubic, share: number): Rgb {
  const channel = (c: 0 | 1 | 2): number => 255 * fit.reduceRight((sum, term) => sum * share + term[c], 0);
  return [channel(0), channel(1), channel(2)];
}

/** Perceptually uniform sequential maps: 'score' (viridis) and 'error' (magma, so the two are never confused). */
export function fieldRamp(kind: 'score' | 'error'): ColourRamp {
  const fit = kind === 'score' ? VIRIDIS : MAGMA;
  return remembered(kind, () =>
    rampOf(
      (share) => polynomial(fit, share),
      () => 1,
    ),
  );
}

/** From one colour over the background to another: what is too little, and what too much. */
export function divergingRamp(low: string, background: string, high: string): ColourRamp {
  return remembered(`diverging ${low} ${background} ${high}`, () => {
    const ground = parseHex(background);
    const [less, more] = [parseHex(low), parseHex(high)];
    const side = (share: number) => Math.abs(2 * share - 1);
    return rampOf(
      (share) => mix(ground, share < 0.5 ? less : more, side(share)),
      () => 1,
    );
  });
}
