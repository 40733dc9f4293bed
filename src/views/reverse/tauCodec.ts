import { type Codec, clip } from '../../experiment/codecs.ts';
import { ConfigError, show } from '../../experiment/errors.ts';

const MOST_STEPS = 1000;

/** What is wrong with a list of the chain's steps, in words; null when nothing is. */
function problemOf(steps: readonly number[]): string | null {
  for (const [i, step] of steps.entries()) {
    if (!Number.isInteger(step)) return `has ${step}, which is not a whole number`;
    if (step < 1 || step > MOST_STEPS) return `has ${step}, which is not from 1 to ${MOST_STEPS}`;
    if (i > 0 && step <= steps[i - 1]!) return `must increase; ${step} comes after ${steps[i - 1]}`;
  }
  return null;
}

/** Steps of the chain listed by hand: `1-5-20-80-200` in a link. */
export const tauCodec: Codec<readonly number[]> = {
  allowed: `increasing whole numbers from 1 to ${MOST_STEPS}, steps of the chain`,
  format: (steps) => steps.join('-'),
  parse(text, name) {
    const words = text.split('-').filter((word) => word !== '');
    const numbers = words.filter((word) => /^\d{1,4}$/.test(word)).map(Number);
    const value = [...new Set(numbers)]
      .filter((step) => step >= 1 && step <= MOST_STEPS)
      .sort((a, b) => a - b);
    if (value.join('-') === text) return { value, warnings: [] };
    return {
      value,
      warnings: [`${name} = ${clip(text)} is not ${tauCodec.allowed}; using ${clip(value.join(', '))}.`],
    };
  },
  check(value, path) {
    if (!Array.isArray(value))
      throw new ConfigError(path, `= ${show(value)} is not a list`, tauCodec.allowed);
    const odd = value.find((step) => typeof step !== 'number');
    if (odd !== undefined) throw new ConfigError(path, `has ${show(odd)}`, tauCodec.allowed);
    const steps = value.map(Number);
    const problem = problemOf(steps);
    if (problem !== null) throw new ConfigError(path, problem, tauCodec.allowed);
    return steps;
  },
};

/**
 * The steps that a person typed, separated by commas or spaces.
 * @returns the list, or in words why there is none
 */
export function readSteps(
  text: string,
  nChain: number,
): { readonly steps: readonly number[] } | { readonly problem: string } {
  const steps = text
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number);
  if (steps.length === 0)
    return { problem: `List steps of the chain, such as 1, 5, 20, from 1 to ${nChain}.` };
  const problem = problemOf(steps);
  if (problem !== null) return { problem: `The list ${problem}.` };
  const beyond = steps.find((step) => step > nChain);
  return beyond === undefined
    ? { steps }
    : { problem: `The list has ${beyond}, and the chain only ${nChain} steps.` };
}
