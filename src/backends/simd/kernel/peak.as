import { add, fma, lanes, splat } from './lanes';

/** Multiply-adds and nothing else, `rounds` times twelve lanes that do not wait for each other: the most a kernel could do. */
export function peak(rounds: i32): f32 {
  if (ASC_FEATURE_SIMD) return f32x4.extract_lane(busy<v128>(rounds), 0) / <f32>lanes<v128>();
  else return busy<f32>(rounds);
}

@inline
function busy<T>(rounds: i32): T {
  const half = splat<T>(0.5), one = splat<T>(1);
  let a = half, b = one, c = half, d = one, e = half, f = one;
  let g = half, h = one, i = half, j = one, k = half, l = one;
  for (let round = 0; round < rounds; round++) {
    a = fma<T>(half, one, a); b = fma<T>(half, one, b); c = fma<T>(half, one, c); d = fma<T>(half, one, d);
    e = fma<T>(half, one, e); f = fma<T>(half, one, f); g = fma<T>(half, one, g); h = fma<T>(half, one, h);
    i = fma<T>(half, one, i); j = fma<T>(half, one, j); k = fma<T>(half, one, k); l = fma<T>(half, one, l);
  }
  const first = add<T>(add<T>(add<T>(a, b), add<T>(c, d)), add<T>(e, f));
  return add<T>(first, add<T>(add<T>(add<T>(g, h), add<T>(i, j)), add<T>(k, l)));
}
