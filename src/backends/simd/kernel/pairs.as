import { STRIP_BYTES } from './strips';

/**
 * Two columns of a strip, side by side.
 * @param strip address of the first of them in a strip of [size][8]
 * @param out [size][2]
 */
export function pairs(size: i32, strip: usize, out: usize): void {
  const end = out + (<usize>size << 3);
  for (; out < end; out += 8) {
    store<u64>(out, load<u64>(strip));
    strip += STRIP_BYTES;
  }
}
