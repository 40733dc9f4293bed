import { useEffect, useRef } from 'react';
import { type OpenedPicture, PICTURE_POINTS } from '../../store/imports/openPicture.ts';
import { Slider } from '../../ui/Slider.tsx';
import { Toggle } from '../../ui/Toggle.tsx';
import type { ImportState } from './importState.ts';

const SIDE = 240;

interface PictureImportProps {
  readonly picture: OpenedPicture;
  readonly choose: ImportState['choose'];
}

/** The points that a picture gives, and how many. */
export function PictureImport({ picture, choose }: PictureImportProps) {
  const { points, notes } = picture.sample;
  return (
    <div className="import-picture">
      <Preview points={points} />
      <div className="import-choices">
        <Slider
          label="Number of points"
          value={points.length / 2}
          min={PICTURE_POINTS.min}
          max={PICTURE_POINTS.max}
          scale="log-integers"
          onChange={(n) => choose({ points: Math.round(n) })}
        />
        <Toggle
          label="Light on dark"
          value={picture.inverted}
          onChange={(invert) => choose({ invert })}
          hint="Makes what is light dense, and what is dark empty."
        />
        <ul className="import-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Preview({ points }: { readonly points: Float64Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const size = 2 * SIDE;
    context.clearRect(0, 0, size, size);
    context.fillStyle = getComputedStyle(canvas.current).color;
    for (let i = 0; i < points.length; i += 2) {
      const x = ((points[i]! + 3.2) / 6.4) * size;
      context.fillRect(x, ((3.2 - points[i + 1]!) / 6.4) * size, 2, 2);
    }
  }, [points]);
  return (
    <canvas
      ref={canvas}
      className="import-preview"
      width={2 * SIDE}
      height={2 * SIDE}
      role="img"
      aria-label={`${(points.length / 2).toLocaleString('en')} points in the shape of the picture`}
    />
  );
}
