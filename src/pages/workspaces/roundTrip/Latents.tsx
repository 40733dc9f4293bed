import './latents.css';

interface LatentsProps {
  /** [n][2] data units, and where each of them came to lie as noise. */
  readonly origins: Float32Array;
  readonly latents: Float32Array;
}

const SIZE = 200;
/** Of the pictures, in standard deviations of what they show. */
const REACH = 3.2;

/** Data and their latents, each point in the colour of the direction that it came from. */
export function Latents({ origins, latents }: LatentsProps) {
  if (latents.length !== origins.length) return null;
  const colours = coloursOf(origins);
  return (
    <div className="latents">
      <Cloud points={origins} colours={colours} caption="Data" />
      <Cloud
        points={latents}
        colours={colours}
        caption="Their latents x_T, coloured by where they came from"
      />
    </div>
  );
}

interface CloudProps {
  readonly points: Float32Array;
  readonly colours: readonly string[];
  readonly caption: string;
}

function Cloud({ points, colours, caption }: CloudProps) {
  const { centre, deviation } = momentsOf(points);
  const scale = SIZE / (2 * REACH * deviation);
  const dots = colours.map((colour, i) => ({ id: i, x: points[2 * i]!, y: points[2 * i + 1]!, colour }));
  return (
    <figure>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`${caption}: ${colours.length} points`}>
        {dots.map(({ id, x, y, colour }) => (
          <circle
            key={id}
            cx={SIZE / 2 + scale * (x - centre[0])}
            cy={SIZE / 2 - scale * (y - centre[1])}
            r={2}
            fill={colour}
          />
        ))}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function momentsOf(points: Float32Array) {
  const n = points.length / 2;
  const centre: [number, number] = [0, 0];
  for (const [i, value] of points.entries()) centre[(i & 1) as 0 | 1] += value / n;
  const square = points.reduce((sum, value, i) => sum + (value - centre[(i & 1) as 0 | 1]) ** 2, 0);
  return { centre, deviation: Math.sqrt(square / points.length) || 1 };
}

/** The direction from the middle as a hue, the distance as a lightness. */
function coloursOf(points: Float32Array): readonly string[] {
  const { centre, deviation } = momentsOf(points);
  return Array.from({ length: points.length / 2 }, (_, i) => {
    const [x, y] = [points[2 * i]! - centre[0], points[2 * i + 1]! - centre[1]];
    const hue = (Math.atan2(y, x) * 180) / Math.PI + 180;
    const lightness = 45 + 15 * Math.min(1, Math.hypot(x, y) / (2 * deviation));
    return `hsl(${hue.toFixed(0)} 75% ${lightness.toFixed(0)}%)`;
  });
}
