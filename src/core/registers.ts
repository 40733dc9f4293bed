import type { Operation, OperationOn } from './operations.ts';

/** What an operation reads. */
function operandsOf<Place>(operation: OperationOn<Place>): readonly Place[] {
  switch (operation.kind) {
    case 'combine':
      return operation.terms.map(([, x]) => x);
    case 'noise':
      return [];
    case 'learned-noise':
      return [operation.from, operation.noise];
    default:
      return [operation.from];
  }
}

/**
 * Gives named values numbered places: a value's is free again after its last use. Operations whose result nobody uses are
 * left out.
 * @param start the value that stands in place 0 from the beginning
 */
export function inRegisters<Value>(
  operations: readonly OperationOn<Value>[],
  start: Value,
): { readonly operations: readonly Operation[]; readonly nRegisters: number } {
  const needed: OperationOn<Value>[] = [];
  const lastUse = new Map<Value, OperationOn<Value>>();
  for (const operation of operations.toReversed()) {
    if (operation.kind !== 'keep' && !lastUse.has(operation.to)) continue;
    needed.push(operation);
    for (const operand of operandsOf(operation)) if (!lastUse.has(operand)) lastUse.set(operand, operation);
  }
  const places = new Map<Value, number>([[start, 0]]);
  const free: number[] = [];
  let nRegisters = 1;
  const placed = needed.toReversed().map((operation): Operation => {
    for (const operand of new Set(operandsOf(operation))) {
      if (lastUse.get(operand) === operation) free.push(places.get(operand)!);
    }
    if (operation.kind !== 'keep') places.set(operation.to, free.pop() ?? nRegisters++);
    return renamed(operation, (value) => places.get(value)!);
  });
  return { operations: placed, nRegisters };
}

function renamed<Value>(operation: OperationOn<Value>, place: (value: Value) => number): Operation {
  switch (operation.kind) {
    case 'combine': {
      const terms = operation.terms.map(([coef, x]) => [coef, place(x)] as const);
      return { ...operation, to: place(operation.to), terms };
    }
    case 'noise':
      return { ...operation, to: place(operation.to) };
    case 'learned-noise':
      return {
        ...operation,
        to: place(operation.to),
        from: place(operation.from),
        noise: place(operation.noise),
      };
    case 'keep':
      return { ...operation, from: place(operation.from) };
    default:
      return { ...operation, to: place(operation.to), from: place(operation.from) };
  }
}
