/** Marks WGSL for editors; the text is joined as it stands. */
export const wgsl = String.raw;

/** The pieces for 0…n−1, one after the other: an unrolled loop. */
export function each(n: number, piece: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => piece(i)).join(' ');
}

/** A number as a WGSL f32. */
export function f32(value: number): string {
  return `f32(${Math.fround(value)})`;
}
