import { parseHex } from '../../canvas/colour.ts';
import type { StageFrame } from '../../canvas/frame.ts';
import { stepWords } from '../../canvas/frames.ts';
import { drawDots } from '../../canvas/layers/dots.ts';
import { drawWaiting } from '../../canvas/layers/waiting.ts';
import type { Picture, PictureKey } from '../../canvas/picture.ts';
import { scratchImage } from '../../canvas/scratch.ts';
import type { StagePalette, StageScene } from '../../canvas/types.ts';
import { pixelX, pixelY } from '../../canvas/view.ts';
import { choleskyOf } from '../../core/exact/gaussianFit.ts';
import type { Round } from '../../core/exact/jump.ts';
import { recordingsOf, type StepAt, stepAt } from './drawnStep.ts';
import type { OneStepStage } from './view.ts';

/** Rings are drawn at so many deviations. */
const RING = 2;
const DASHED = [5, 4];
const DOTTED = [1.5, 3];
const SOLID: number[] = [];
/** Below 1, so that the flanks of the density are seen. */
const GAMMA = 0.8;

type Frame = StageFrame<OneStepStage>;

/** q(x_s|x_t) as shades of one colour, on its own slanting grid. */
function drawTrue({ context, view, palette }: Frame, resolution: number, reach: number, step: StepAt): void {
  const { mean, covariance, density } = step;
  const image = scratchImage(resolution, resolution);
  const [red, green, blue] = parseHex(palette.data);
  const colour = (blue << 16) | (green << 8) | red;
  let highest = 0;
  for (const value of density) highest = Math.max(highest, value);
  for (let k = 0; k < density.length; k++) {
    const share = highest > 0 ? Math.max(0, density[k]! / highest) ** GAMMA : 0;
    image.pixels[k] = ((255 * Math.min(1, share)) << 24) | colour;
  }
  image.context.putImageData(image.image, 0, 0);
  const [xx, yx, yy] = choleskyOf(covariance);
  const cell = (2 * reach) / (resolution - 1);
  const first = -reach - cell / 2;
  context.save();
  context.transform(
    view.scale * xx * cell,
    -view.scale * yx * cell,
    0,
    -view.scale * yy * cell,
    pixelX(view, mean[0] + xx * first),
    pixelY(view, mean[1] + (yx + yy) * first),
  );
  context.imageSmoothingEnabled = true;
  context.drawImage(image.canvas, 0, 0);
  context.restore();
}

/** A ring RING deviations about a mean; a dot where there is no deviation that could be seen. */
function drawRing(
  { context, view, palette, unit }: Frame,
  mean: readonly [number, number],
  factor: readonly [number, number, number],
  colour: string,
  dash: number[],
): void {
  const [xx, yx, yy] = factor;
  context.beginPath();
  for (let k = 0; k <= 72; k++) {
    const [u, v] = [RING * Math.cos((k * Math.PI) / 36), RING * Math.sin((k * Math.PI) / 36)];
    const [px, py] = [pixelX(view, mean[0] + xx * u), pixelY(view, mean[1] + yx * u + yy * v)];
    if (k === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
  context.lineCap = 'round';
  context.setLineDash(SOLID);
  context.lineWidth = 4 * unit;
  context.strokeStyle = palette.background;
  context.stroke();
  context.setLineDash(dash.map((length) => length * unit));
  context.lineWidth = 1.8 * unit;
  context.strokeStyle = colour;
  context.stroke();
  context.setLineDash(SOLID);
  if (RING * Math.max(xx, yy) * view.scale < 3)
    drawDisc(view, context, mean, 3 * unit, colour, palette.background);
}

function drawRound(frame: Frame, { mean, variance }: Round, colour: string, dash: number[]): void {
  const deviation = Math.sqrt(variance);
  drawRing(frame, mean, [deviation, 0, deviation], colour, dash);
}

function drawDisc(
  view: Frame['view'],
  context: Frame['context'],
  [x, y]: readonly [number, number],
  radius: number,
  fill: string,
  edge: string,
): void {
  context.beginPath();
  context.arc(pixelX(view, x), pixelY(view, y), radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = radius / 2;
  context.strokeStyle = edge;
  context.stroke();
}

/** A cross at a mean of x_0. */
function drawCross(
  { context, view, palette, unit }: Frame,
  [x, y]: readonly [number, number],
  colour: string,
): void {
  const [px, py, arm] = [pixelX(view, x), pixelY(view, y), 6 * unit];
  context.lineCap = 'round';
  for (const [width, stroke] of [
    [5, palette.background],
    [2.4, colour],
  ] as const) {
    context.beginPath();
    for (const side of [-1, 1]) {
      context.moveTo(px - arm, py - side * arm);
      context.lineTo(px + arm, py + side * arm);
    }
    context.lineWidth = width * unit;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

function drawOrigins(frame: Frame, { draws, x0, model }: StepAt): void {
  const { context, view, palette, size, unit } = frame;
  drawDots(context, view, size.ratio, draws, draws.length / 2, {
    colour: palette.prediction,
    radius: 1.7 * unit,
    alpha: 0.6,
  });
  drawCross(frame, x0, palette.prediction);
  if (model) drawCross(frame, model.x0, palette.sample);
}

function drawFactors(frame: Frame, { factors, origin }: StepAt): void {
  const { palette, view, context, unit } = frame;
  drawRound(frame, factors.prior, palette.prediction, DASHED);
  if (factors.likelihood) drawRound(frame, factors.likelihood, palette.accent, DASHED);
  drawRound(frame, factors.product, palette.text, DOTTED);
  drawDisc(view, context, origin, 4 * unit, palette.prediction, palette.background);
}

function draw(frame: Frame): void {
  const { scene, palette, view, context, unit, time } = frame;
  const { exact } = recordingsOf(scene);
  const step = stepAt(scene, time);
  if (exact === null || step === null) {
    drawWaiting(frame, 'computing the step back…');
    return;
  }
  drawTrue(frame, exact.resolution, exact.reach, step);
  if (scene.layers.includes('origins')) drawOrigins(frame, step);
  if (scene.layers.includes('factors')) drawFactors(frame, step);
  drawRing(frame, step.mean, choleskyOf(step.covariance), palette.data, SOLID);
  if (step.model) drawRound(frame, step.model.step, palette.sample, SOLID);
  drawDisc(view, context, [scene.config.x, scene.config.y], 5 * unit, palette.accent, palette.background);
}

const LEAST_TOLD = 1e-4;

/** "0.012 bits" */
function bitsText(value: number | null): string {
  if (value === null) return '';
  if (!Number.isFinite(value)) return 'no noise';
  return value < LEAST_TOLD ? `< ${LEAST_TOLD} bits` : `${Number(value.toPrecision(2))} bits`;
}

function keys(scene: StageScene<OneStepStage>, time: number, palette: StagePalette): readonly PictureKey[] {
  const step = stepAt(scene, time);
  const has = (layer: OneStepStage['layers'][number]) => scene.layers.includes(layer);
  const { data, sample, prediction, accent, text } = palette;
  return [
    { mark: 'disc', colour: accent, name: 'x_t' },
    { mark: 'shade', colour: data, name: 'true q(x_s|x_t)' },
    {
      mark: 'line',
      colour: data,
      name: 'its best Gaussian, 2σ',
      value: step ? bitsText(step.kl.gaussian) : '',
    },
    { mark: 'line', colour: sample, name: 'model’s step, 2σ', value: step ? bitsText(step.kl.model) : '' },
    ...(has('factors')
      ? ([
          { mark: 'disc', colour: prediction, name: 'one x₀' },
          { mark: 'dashed', colour: prediction, name: 'q(x_s|x₀)' },
          { mark: 'dashed', colour: accent, name: 'q(x_t|x_s)' },
          { mark: 'dotted', colour: text, name: 'their product' },
        ] as const)
      : []),
    ...(has('origins')
      ? ([
          { mark: 'dots', colour: prediction, name: 'p(x₀|x_t)' },
          { mark: 'cross', colour: prediction, name: 'their mean' },
          { mark: 'cross', colour: sample, name: 'model’s x̂₀' },
        ] as const)
      : []),
    ...(has('contours') ? ([{ mark: 'line', colour: text, name: 'exact p_t' }] as const) : []),
  ];
}

export const picture: Picture<OneStepStage> = {
  draw,
  readout(scene, time) {
    const step = stepAt(scene, time);
    const words = stepWords(null, time);
    return step === null ? words : [`${words[0]} → s = ${step.s.toFixed(2)}`];
  },
  keys,
  describe(scene, time) {
    const step = stepAt(scene, time);
    if (step === null) return 'not yet computed';
    const { x, y } = scene.config;
    const model = step.model ? `; to the model’s step it is ${bitsText(step.kl.model)}` : '';
    return (
      `from x_t = (${x}, ${y}) at t = ${time.toFixed(2)} to s = ${step.s.toFixed(2)}. The divergence of the true step to its ` +
      `best Gaussian is ${bitsText(step.kl.gaussian)}${model}`
    );
  },
};
