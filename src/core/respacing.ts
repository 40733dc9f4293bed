import { chainTables, requireBetas } from './chain.ts';
import { requireInteger } from './check.ts';
import { roundHalfToEven } from './roundHalfToEven.ts';
import type { ChainTables } from './types.ts';

/** How references choose S of a chain's T steps. Every index is 0-based: step i is the paper's t = i + 1. */
export type Spacing = 'ddim-uniform' | 'ddim-quadratic' | 'leading' | 'trailing' | 'linspace';

const SPACINGS: Readonly<Record<Spacing, (nSteps: number, nChain: number) => number[]>> = {
  'ddim-uniform': (nSteps, nChain) => everyNth(nChain, Math.floor(nChain / nSteps)),
  'ddim-quadratic': (nSteps, nChain) =>
    equallySpaced(Math.sqrt(0.8 * nChain), nSteps).map((root) => Math.floor(root * root)),
  leading: (nSteps, nChain) => everyNth(nChain, Math.floor(nChain / nSteps)).slice(0, nSteps),
  trailing: (nSteps, nChain) => {
    const stride = nChain - (nChain - nChain / nSteps); // as NumPy's arange(T, 0, −T/S) takes it
    return Array.from({ length: nSteps }, (_, k) => roundHalfToEven(nChain - k * stride) - 1).reverse();
  },
  linspace: (nSteps, nChain) => equallySpaced(nChain - 1, nSteps).map(roundHalfToEven),
};

/**
 * The steps of a chain that a sampler visits, by one of the references' rules:
 * - `ddim-uniform`, `ddim-quadratic`: ermongroup/ddim (Song et al. 2021, App. D.2). Uniform has more than S steps when S
 *   does not divide T; quadratic ends at 0.8 T, and may repeat low steps (a repeated one is a step of no length).
 * - `leading`, `trailing`, `linspace`: diffusers (Lin et al. 2024, Table 2), with no offset.
 * @param nSteps S, 1…T
 * @param nChain T
 * @returns 0-based, increasing; a sampler starts at the last one
 * @throws RangeError when a number is out of range or the spacing is none of these
 */
export function spacedSteps(spacing: Spacing, nSteps: number, nChain: number): number[] {
  requireInteger('The number of steps T of the chain', nChain, 1, Number.MAX_SAFE_INTEGER);
  requireInteger('The number of sampling steps S', nSteps, 1, nChain);
  if (!Object.hasOwn(SPACINGS, spacing)) {
    throw new RangeError(
      `There is no spacing '${spacing}'; choose one of ${Object.keys(SPACINGS).join(', ')}.`,
    );
  }
  return SPACINGS[spacing](nSteps, nChain);
}

/** Where each step leads: the one before it in the list, and −1, the data, from the first. */
export function nextSteps(steps: readonly number[]): number[] {
  return steps.map((_, k) => steps[k - 1] ?? -1);
}

/**
 * improved-diffusion's `space_timesteps`: which steps of a chain to keep.
 * @param nChain T
 * @param sections 'ddimN' for N steps at a whole stride from 0; or counts like '10,20,30' (or an array), which split the
 *   chain into that many equal parts, and keep so many equally spaced steps of each, both of its ends included
 * @returns 0-based, strictly increasing
 * @throws RangeError when no whole stride gives N steps, or a part has fewer steps than are asked of it
 */
export function spaceTimesteps(nChain: number, sections: string | readonly number[]): number[] {
  requireInteger('The number of steps T of the chain', nChain, 1, Number.MAX_SAFE_INTEGER);
  if (typeof sections !== 'string') return stepsOfSections(nChain, sections);
  if (sections.startsWith('ddim')) return stepsOfStride(nChain, parseCount(sections.slice('ddim'.length)));
  return stepsOfSections(nChain, sections.split(',').map(parseCount));
}

export interface RespacedChain {
  /** The chain over the kept steps alone; ᾱ at each is what it was. */
  readonly tables: ChainTables;
  /** [S] the step of the first chain that each step is, 0-based: what a network trained on that chain expects. */
  readonly timestepMap: readonly number[];
}

/**
 * The chain that visits only some steps of another: β_k = 1 − ᾱ_{τ_k}/ᾱ_{τ_{k−1}} (Nichol & Dhariwal 2021, Eq. 19;
 * improved-diffusion's `SpacedDiffusion`).
 * @param betas [T], each in (0,1)
 * @param steps [S], 0-based, strictly increasing, in 0…T−1
 */
export function respacedChain(betas: Float64Array, steps: readonly number[]): RespacedChain {
  requireBetas(betas);
  requireIncreasing(steps, betas.length);
  const { alphasCumprod } = chainTables(betas);
  const kept = Float64Array.from(steps, (step) => alphasCumprod[step]!);
  const respaced = kept.map((alphaBar, k) => 1 - alphaBar / (kept[k - 1] ?? 1));
  return { tables: chainTables(respaced), timestepMap: [...steps] };
}

/** 0, stride, 2·stride, … below T: Python's range(0, T, stride). */
function everyNth(nChain: number, stride: number): number[] {
  return Array.from({ length: Math.ceil(nChain / stride) }, (_, k) => k * stride);
}

/** n numbers from 0 to last: NumPy's linspace, in its order of operations; 0 alone when n is 1. */
function equallySpaced(last: number, n: number): number[] {
  const stride = last / (n - 1);
  return Array.from({ length: n }, (_, k) => (k > 0 && k === n - 1 ? last : k > 0 ? k * stride : 0));
}

function parseCount(text: string): number {
  if (!/^\s*\d+\s*$/.test(text)) {
    throw new RangeError(
      `Sections must be like '10', '10,20,30' or 'ddim25'; '${text}' is not a whole number.`,
    );
  }
  return Number(text);
}

function stepsOfStride(nChain: number, count: number): number[] {
  for (let stride = 1; stride < nChain; stride++) {
    if (Math.ceil(nChain / stride) === count) return everyNth(nChain, stride);
  }
  throw new RangeError(`No whole stride takes exactly ${count} of ${nChain} steps.`);
}

function stepsOfSections(nChain: number, counts: readonly number[]): number[] {
  if (counts.length === 0) throw new RangeError('There must be at least one section.');
  const [size, extra] = [Math.floor(nChain / counts.length), nChain % counts.length];
  const steps: number[] = [];
  let start = 0;
  for (const [section, count] of counts.entries()) {
    const length = section < extra ? size + 1 : size;
    requireInteger(`The steps kept of section ${section + 1}, which has ${length},`, count, 0, length);
    const stride = count <= 1 ? 1 : (length - 1) / (count - 1);
    let at = 0; // summed as the reference does, so that halves round alike
    for (let k = 0; k < count; k++, at += stride) steps.push(start + roundHalfToEven(at));
    start += length;
  }
  return steps;
}

function requireIncreasing(steps: readonly number[], nChain: number): void {
  if (steps.length === 0) throw new RangeError('A respaced chain needs at least one step.');
  for (const [k, step] of steps.entries()) {
    requireInteger('A kept step', step, 0, nChain - 1);
    if (k > 0 && step <= steps[k - 1]!) {
      throw new RangeError(`The kept steps must increase; ${step} comes after ${steps[k - 1]}.`);
    }
  }
}
