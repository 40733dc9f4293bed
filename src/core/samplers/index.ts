import { parameterValues } from '../parameters.ts';
import { registry } from '../registry.ts';
import type { Sampler } from '../types.ts';
import { annealedLangevin } from './annealedLangevin.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { dpmSolver1, dpmSolver2 } from './dpmSolver.ts';
import { dpmSolverPlusPlus2M } from './dpmSolverPlusPlus.ts';
import { euler } from './euler.ts';
import { eulerMaruyama } from './eulerMaruyama.ts';
import { fixedLangevin } from './fixedLangevin.ts';
import { heun } from './heun.ts';
import { predictorCorrector } from './predictorCorrector.ts';
import { probabilityFlow, reverseDiffusion } from './reverseDiffusion.ts';
import { rk45Flow } from './rk45Flow.ts';
import { sdeDpmSolverPlusPlus2M } from './sdeDpmSolverPlusPlus.ts';
import { uniPC } from './uniPC.ts';

export const samplers = registry<Sampler>('sampler', [
  ddpm,
  ddim,
  euler,
  probabilityFlow,
  heun(),
  rk45Flow(),
  dpmSolver1,
  dpmSolver2,
  dpmSolverPlusPlus2M(),
  uniPC(),
  sdeDpmSolverPlusPlus2M,
  eulerMaruyama,
  reverseDiffusion,
  predictorCorrector(),
  annealedLangevin(),
  fixedLangevin(),
]);

/**
 * A sampler of the registry with numbers of its own.
 * @param values those that differ from the initial ones
 * @param nSteps steps of the whole path
 * @throws an Error when there is no such sampler; a RangeError when a name is unknown or a value out of range
 */
export function buildSampler(id: string, values: Readonly<Record<string, number>>, nSteps: number): Sampler {
  const sampler = samplers.get(id);
  if (sampler.build) return sampler.build(values, nSteps);
  parameterValues([], values);
  return sampler;
}
