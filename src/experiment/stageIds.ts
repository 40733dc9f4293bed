import type { StageConfig } from '../views/index.ts';

/** The stages, each with an id of its own: the first of an id keeps it. The same array when all have one. */
export function withIds(stages: readonly StageConfig[]): readonly StageConfig[] {
  const taken = new Set<number>();
  const keeps = stages.map(({ id }) => {
    const first = id > 0 && !taken.has(id);
    if (first) taken.add(id);
    return first;
  });
  if (keeps.every(Boolean)) return stages;
  let next = 0;
  const free = (): number => {
    do next += 1;
    while (taken.has(next));
    return next;
  };
  return stages.map((stage, i) => (keeps[i] ? stage : { ...stage, id: free() }));
}
