import { cellOf } from '../../experiment/stageView.ts';
import type { ColourRamp } from '../colour.ts';
import type { FieldSlice } from '../field.ts';
import type { StageFrame } from '../frame.ts';
import { scratchImage } from '../scratch.ts';
import { pixelX, pixelY } from '../view.ts';

/**
 * A field as a heat map.
 * @param shareAt where on the ramp a node lies, 0…1, by its index
 */
export function drawHeat(
  { context, view }: Pick<StageFrame, 'context' | 'view'>,
  slice: FieldSlice,
  ramp: ColourRamp,
  shareAt: (node: number) => number,
): void {
  const { resolution, centre, halfWidth } = slice;
  const image = scratchImage(resolution, resolution);
  const colours = new Uint32Array(ramp.buffer);
  for (let row = 0; row < resolution; row++) {
    const target = (resolution - 1 - row) * resolution;
    for (let column = 0; column < resolution; column++) {
      image.pixels[target + column] = colours[(255 * shareAt(row * resolution + column)) | 0]!;
    }
  }
  image.context.putImageData(image.image, 0, 0);
  const reach = halfWidth + cellOf(slice) / 2;
  const side = 2 * view.scale * reach;
  context.imageSmoothingEnabled = true;
  context.drawImage(
    image.canvas,
    pixelX(view, centre[0] - reach),
    pixelY(view, centre[1] + reach),
    side,
    side,
  );
}
