import type { Process } from '../../../core/processes/process.ts';
import { createRng } from '../../../core/rng.ts';
import type { Rng, Vector } from '../../../core/types.ts';

/** Side of the grid of x_T that is carried along, and its half width in standard deviations of x_T. */
export const MESH_SIDE = 21;
const MESH_HALF_WIDTH = 2.5;

/** Streams that every sampling stage shares, so that all start from the same x_T and meet the same noise. */
export function sharedStreams(seed: number): { start: Rng; noise: Rng } {
  const rng = createRng(seed).fork('sampling');
  return { start: rng.fork('x_T'), noise: rng.fork('noise') };
}

/** x_T of the process's prior N(0, priorStd²·I), then the mesh if wanted: [n + nMesh²][2], scaled units. */
export function startingPoints(
  n: number,
  mesh: boolean,
  rng: Rng,
  { priorStd }: Pick<Process, 'priorStd'>,
): Vector {
  const points = Float64Array.from({ length: 2 * n }, () => priorStd * rng.normal());
  if (!mesh) return points;
  const all = new Float64Array(2 * (n + MESH_SIDE ** 2));
  all.set(points);
  all.set(meshGrid(priorStd), 2 * n);
  return all;
}

/** Row by row from the lower left. */
function meshGrid(priorStd: number): Vector {
  const at = (i: number) => priorStd * MESH_HALF_WIDTH * ((2 * i) / (MESH_SIDE - 1) - 1);
  return Float64Array.from({ length: 2 * MESH_SIDE ** 2 }, (_, k) => {
    const node = k >> 1;
    return at(k % 2 === 0 ? node % MESH_SIDE : Math.floor(node / MESH_SIDE));
  });
}
