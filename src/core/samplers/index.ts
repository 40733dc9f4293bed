import { registry } from '../registry.ts';
import { annealedLangevin } from './annealedLangevin.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { dpmSolver2 } from './dpmSolver.ts';
import { dpmSolverPlusPlus2M } from './dpmSolverPlusPlus.ts';
import { euler } from './euler.ts';
import { eulerMaruyama } from './eulerMaruyama.ts';
import { heun } from './heun.ts';
import { predictorCorrector } from './predictorCorrector.ts';
import { reverseDiffusion } from './reverseDiffusion.ts';
import { sdeDpmSolverPlusPlus2M } from './sdeDpmSolverPlusPlus.ts';
import { uniPC } from './uniPC.ts';

export const samplers = registry('sampler', [
  ddpm,
  ddim,
  euler,
  heun(),
  dpmSolver2,
  dpmSolverPlusPlus2M(),
  uniPC(),
  sdeDpmSolverPlusPlus2M,
  eulerMaruyama,
  reverseDiffusion,
  predictorCorrector(),
  annealedLangevin(),
]);
