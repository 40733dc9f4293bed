import { wgsl } from './text.ts';

/** Where a step's batch comes from. */
export const SOURCE = { drawn: 0, given: 1 } as const;

/** How the uniform numbers of a batch are spread over [0,1). */
export const SPREAD = { independent: 0, stratified: 1, lowDiscrepancy: 2, antithetic: 3 } as const;

/** What a step is told; its fields stand in `packStep` in this order. */
export const stepWgsl = wgsl`
struct Step {
  step: u32,
  batch: u32,
  // Points for which there is room, a multiple of the tile.
  capacity: u32,
  source: u32,
  seed: vec2u,
  // Where in the shuffled data the batch begins.
  epoch: u32,
  offset: u32,
  spread: u32,
  // Where the loss goes.
  slot: u32,
  // Adam's step size with its bias corrections, and 1 − the average's decay.
  rate: f32,
  averaging: f32,
}
`;

/** Bytes between the steps of a submit: a multiple of every device's alignment of dynamic offsets. */
export const STEP_STRIDE = 256;

export interface StepNumbers {
  readonly step: number;
  readonly batch: number;
  readonly capacity: number;
  readonly source: number;
  readonly seed: readonly [number, number];
  readonly epoch: number;
  readonly offset: number;
  readonly spread: number;
  readonly slot: number;
  readonly rate: number;
  readonly averaging: number;
}

export function packStep(view: DataView, index: number, step: StepNumbers): void {
  const whole = [
    step.step,
    step.batch,
    step.capacity,
    step.source,
    ...step.seed,
    step.epoch,
    step.offset,
    step.spread,
    step.slot,
  ];
  const start = index * STEP_STRIDE;
  for (const [i, value] of whole.entries()) view.setUint32(start + 4 * i, value, true);
  view.setFloat32(start + 4 * whole.length, step.rate, true);
  view.setFloat32(start + 4 * whole.length + 4, step.averaging, true);
}
