import { samplers } from '../../core/samplers/index.ts';
import { mostGridSteps } from '../../core/timeGrids/requireSteps.ts';
import { integerCodec } from '../../experiment/codecs.ts';
import { ConfigError } from '../../experiment/errors.ts';

/** The most steps T of a chain; of a sampler that is made for the chain's steps, all that there are. */
export const WHOLE_CHAIN = 1000;
/** The most steps S of any stage. */
export const MOST_STEPS = mostGridSteps(WHOLE_CHAIN);

/**
 * The most steps S that a sampler takes of a chain of T. Between the levels there are others, by the process in continuous time;
 * one that is made for the chain's steps has no more than these.
 * @param sampler registry id
 */
export const mostSteps = (sampler: string, nChain: number): number =>
  samplers.get(sampler).wholeChain ? nChain : mostGridSteps(nChain);

/** Why a sampler cannot take so many steps, in the words of `ConfigError`; null where it can. */
export function stepsProblem(
  sampler: string,
  nSteps: number,
  nChain: number,
): { readonly problem: string; readonly allowed: string } | null {
  const most = mostSteps(sampler, nChain);
  if (nSteps <= most) return null;
  const { label, wholeChain } = samplers.get(sampler);
  const why = wholeChain
    ? `T = ${nChain}: ${label} undoes the steps of the chain, and it has no more`
    : `2T = ${most}`;
  return { problem: `= ${nSteps} is above ${why}`, allowed: `a whole number from 1 to ${most}` };
}

/** Steps S that a program asks for. @throws ConfigError where the sampler cannot take them */
export function checkSteps(value: unknown, path: string, sampler: string, nChain: number): number {
  const found = typeof value === 'number' && stepsProblem(sampler, value, nChain);
  if (found) throw new ConfigError(path, found.problem, found.allowed);
  return integerCodec(1, mostSteps(sampler, nChain)).check(value, path);
}
