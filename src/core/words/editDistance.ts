/** What became of a word: kept, replaced by another, deleted; or that it was inserted. */
export type Edit = 'keep' | 'replace' | 'insert' | 'delete';

/** Levenshtein's distance: the fewest words inserted, deleted or replaced. */
export function editDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return distances(a, b)[a.length]![b.length]!;
}

/**
 * The fewest edits that lead from one sequence to another, in order.
 * @returns for each edit the word before (null where one was inserted) and after (null where it was deleted)
 */
export function editsBetween(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): { edit: Edit; before: number | null; after: number | null }[] {
  const table = distances(before, after);
  const edits: ReturnType<typeof editsBetween> = [];
  let i = before.length;
  let j = after.length;
  while (i > 0 || j > 0) {
    const here = table[i]![j]!;
    const same = i > 0 && j > 0 && before[i - 1] === after[j - 1];
    if (i > 0 && j > 0 && here === table[i - 1]![j - 1]! + (same ? 0 : 1)) {
      edits.push({ edit: same ? 'keep' : 'replace', before: before[--i]!, after: after[--j]! });
    } else if (i > 0 && here === table[i - 1]![j]! + 1) {
      edits.push({ edit: 'delete', before: before[--i]!, after: null });
    } else {
      edits.push({ edit: 'insert', before: null, after: after[--j]! });
    }
  }
  return edits.reverse();
}

/** Distances between all beginnings: [a.length + 1][b.length + 1]. */
function distances(a: ArrayLike<number>, b: ArrayLike<number>): number[][] {
  const table = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = table[i - 1]!;
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
    table.push(row);
  }
  return table;
}

/** Minimum Bayes risk: the candidate of the least mean distance to the others, the first of equals. */
export function leastRisk<T extends ArrayLike<number>>(candidates: readonly T[]): T {
  let best = candidates[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const risk = candidates.reduce((sum, other) => sum + editDistance(candidate, other), 0);
    if (risk < least) {
      least = risk;
      best = candidate;
    }
  }
  return best;
}
