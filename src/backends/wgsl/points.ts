/** n points on the device, interleaved as [n][2] float32. */
export interface Points {
  readonly buffer: GPUBuffer;
  readonly n: number;
}

function isPoints(value: object): value is Points {
  return 'buffer' in value && 'n' in value;
}

/** All points that a value of nested arrays and plain objects holds. */
export function pointsIn(value: unknown, found = new Set<Points>()): Set<Points> {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return found;
  if (isPoints(value)) return found.add(value);
  for (const part of Object.values(value)) pointsIn(part, found);
  return found;
}
