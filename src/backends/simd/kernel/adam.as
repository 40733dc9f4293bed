import { add, bytes, div, fma, lanes, mul, root, splat, sub } from './lanes';

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/**
 * θ ← θ − rate·m/(√v + ε̂) (Kingma & Ba 2015, section 2), then ema ← ema + share·(θ − ema).
 * @param count parameters, a multiple of 4
 * @param rate with both bias corrections in it
 * @param share 1 − decay; 1 makes the average equal to the weights
 */
@inline
export function adam<T>(
  count: i32, weights: usize, ema: usize, m: usize, v: usize, gradient: usize, rate: f32, share: f32,
): void {
  const rates = splat<T>(rate), shares = splat<T>(share), epsilon = splat<T>(EPSILON);
  const end = weights + bytes(count);
  while (weights < end) {
    const g = load<T>(gradient);
    const m1 = fma<T>(splat<T>(BETA_1), load<T>(m), mul<T>(splat<T>(0.1), g));
    const v1 = fma<T>(splat<T>(BETA_2), load<T>(v), mul<T>(splat<T>(0.001), mul<T>(g, g)));
    store<T>(m, m1);
    store<T>(v, v1);
    const direction = div<T>(m1, add<T>(root<T>(v1), epsilon));
    const w = sub<T>(load<T>(weights), mul<T>(rates, direction));
    store<T>(weights, w);
    if (share == 1) store<T>(ema, w);
    else {
      const average = load<T>(ema);
      store<T>(ema, fma<T>(shares, sub<T>(w, average), average));
    }
    const step = bytes(lanes<T>());
    weights += step;
    ema += step;
    m += step;
    v += step;
    gradient += step;
  }
}

/** sums ← sums + terms. @param count a multiple of 4 */
@inline
export function accumulate<T>(count: i32, sums: usize, terms: usize): void {
  const end = sums + bytes(count);
  for (; sums < end; sums += bytes(lanes<T>())) {
    store<T>(sums, add<T>(load<T>(sums), load<T>(terms)));
    terms += bytes(lanes<T>());
  }
}
