/**
 * The cheapest one-to-one assignment by shortest augmenting paths with potentials (Jonker & Volgenant 1987, without their
 * initialisation; O(n³)).
 * @param cost [n][n], finite: row i to column j at i·n + j
 * @returns [n] the column of each row
 */
export function assignment(cost: Float64Array, n: number): Int32Array {
  const rowPotential = new Float64Array(n);
  const columnPotential = new Float64Array(n);
  const rowOf = new Int32Array(n).fill(-1);
  const columnOf = new Int32Array(n).fill(-1);
  startGreedily(cost, n, columnPotential, rowOf, columnOf);
  const distance = new Float64Array(n);
  const from = new Int32Array(n);
  const done = new Uint8Array(n);
  for (let start = 0; start < n; start++) {
    if (columnOf[start] !== -1) continue;
    distance.fill(Infinity);
    done.fill(0);
    let row = start;
    let column = -1;
    let reached = 0; // reduced cost of the path to `row`
    while (true) {
      // Extend the tree by the nearest column of all that its rows see.
      const offset = row * n;
      const base = reached - rowPotential[row]!;
      let nearest = -1;
      let least = Infinity;
      for (let j = 0; j < n; j++) {
        if (done[j] === 1) continue;
        const through = base + cost[offset + j]! - columnPotential[j]!;
        if (through < distance[j]!) {
          distance[j] = through;
          from[j] = row;
        }
        if (distance[j]! < least) {
          least = distance[j]!;
          nearest = j;
        }
      }
      column = nearest;
      reached = least;
      done[column] = 1;
      if (rowOf[column] === -1) break;
      row = rowOf[column]!;
    }
    // Dual step: every edge of the tree becomes tight.
    rowPotential[start]! += reached;
    for (let j = 0; j < n; j++) {
      if (done[j] === 0 || j === column) continue;
      const slack = reached - distance[j]!;
      columnPotential[j]! -= slack;
      rowPotential[rowOf[j]!]! += slack;
    }
    // Turn the path around.
    while (column !== -1) {
      const owner = from[column]!;
      const previous = columnOf[owner]!;
      rowOf[column] = owner;
      columnOf[owner] = column;
      column = owner === start ? -1 : previous;
    }
  }
  return columnOf;
}

/** Column reduction: each column's potential is its least cost, and its cheapest row takes it if still free. */
function startGreedily(
  cost: Float64Array,
  n: number,
  columnPotential: Float64Array,
  rowOf: Int32Array,
  columnOf: Int32Array,
): void {
  const cheapest = new Int32Array(n);
  columnPotential.fill(Infinity);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (cost[i * n + j]! < columnPotential[j]!) {
        columnPotential[j] = cost[i * n + j]!;
        cheapest[j] = i;
      }
    }
  }
  for (let j = 0; j < n; j++) {
    const row = cheapest[j]!;
    if (columnOf[row] !== -1) continue;
    columnOf[row] = j;
    rowOf[j] = row;
  }
}
