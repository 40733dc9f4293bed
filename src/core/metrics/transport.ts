/**
 * The cheapest transport between n sources and m sinks of equal shares, by successive shortest paths with potentials on the
 * dense bipartite graph. Amounts are whole numbers: every source sends lcm/n units and every sink takes lcm/m.
 * @param cost [n][m], finite: source i to sink j at i·m + j
 * @returns Σ cost·amount over lcm units, divided by lcm: the mean cost of a unit
 */
export function transportCost(cost: Float64Array, n: number, m: number): number {
  const units = (n / greatestCommonDivisor(n, m)) * m;
  const supply = new Float64Array(n).fill(units / n);
  const demand = new Float64Array(m).fill(units / m);
  const flow = new Float64Array(n * m);
  const potentials = { source: new Float64Array(n), sink: new Float64Array(m) };
  for (let start = 0; start < n; start++) {
    while (supply[start]! > 0) {
      const path = shortestPath(cost, n, m, flow, demand, potentials, start);
      augment(path, m, flow, supply, demand, start);
    }
  }
  let sum = 0;
  for (let k = 0; k < flow.length; k++) sum += flow[k]! * cost[k]!;
  return sum / units;
}

interface Potentials {
  readonly source: Float64Array;
  readonly sink: Float64Array;
}

interface Path {
  readonly end: number;
  /** The source before each sink, and the sink before each source, on the shortest paths. */
  readonly sourceBefore: Int32Array;
  readonly sinkBefore: Int32Array;
}

/** Dijkstra on reduced costs, from one source to the nearest sink with demand left; updates the potentials. */
function shortestPath(
  cost: Float64Array,
  n: number,
  m: number,
  flow: Float64Array,
  demand: Float64Array,
  { source, sink }: Potentials,
  start: number,
): Path {
  const toSource = new Float64Array(n).fill(Infinity);
  const toSink = new Float64Array(m).fill(Infinity);
  const sinkDone = new Uint8Array(m);
  const sourceBefore = new Int32Array(m);
  const sinkBefore = new Int32Array(n).fill(-1);
  const scan = (i: number) => {
    for (let j = 0; j < m; j++) {
      // Rounding can leave −1e-16 for 0; distances that fall would let such errors double with every path.
      const reduced = Math.max(0, cost[i * m + j]! - source[i]! - sink[j]!);
      const through = toSource[i]! + reduced;
      if (sinkDone[j] === 0 && through < toSink[j]!) {
        toSink[j] = through;
        sourceBefore[j] = i;
      }
    }
  };
  toSource[start] = 0;
  scan(start);
  while (true) {
    const end = nearest(toSink, sinkDone);
    const reached = toSink[end]!;
    sinkDone[end] = 1;
    if (demand[end]! > 0) {
      // Dual step: everything nearer than the end moves so that reduced costs stay at least 0.
      for (let i = 0; i < n; i++) if (toSource[i]! < reached) source[i]! += reached - toSource[i]!;
      for (let j = 0; j < m; j++) if (sinkDone[j] === 1) sink[j]! -= reached - toSink[j]!;
      return { end, sourceBefore, sinkBefore };
    }
    // Sources that send to this sink can send elsewhere instead; such arcs are tight, so they cost nothing.
    for (let i = 0; i < n; i++) {
      if (flow[i * m + end]! > 0 && toSource[i]! === Infinity) {
        toSource[i] = reached;
        sinkBefore[i] = end;
        scan(i);
      }
    }
  }
}

function nearest(distance: Float64Array, done: Uint8Array): number {
  let at = -1;
  let least = Infinity;
  for (let j = 0; j < distance.length; j++) {
    if (done[j] === 0 && distance[j]! < least) {
      least = distance[j]!;
      at = j;
    }
  }
  return at;
}

/** Sends as much as the path's ends and the flow that it takes back allow. */
function augment(
  { end, sourceBefore, sinkBefore }: Path,
  m: number,
  flow: Float64Array,
  supply: Float64Array,
  demand: Float64Array,
  start: number,
): void {
  let amount = Math.min(supply[start]!, demand[end]!);
  for (let i = sourceBefore[end]!; i !== start; ) {
    const j = sinkBefore[i]!;
    amount = Math.min(amount, flow[i * m + j]!);
    i = sourceBefore[j]!;
  }
  supply[start]! -= amount;
  demand[end]! -= amount;
  let j = end;
  while (true) {
    const i = sourceBefore[j]!;
    flow[i * m + j]! += amount;
    if (i === start) return;
    j = sinkBefore[i]!;
    flow[i * m + j]! -= amount;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
