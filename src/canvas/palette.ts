import type { StagePalette } from './types.ts';

/** The CSS custom property behind each colour, and what stands in for one that is not set. */
const TOKENS = {
  background: ['--stage-bg', '#ffffff'],
  grid: ['--stage-grid', '#e5e7eb'],
  text: ['--text', '#111827'],
  muted: ['--muted', '#6b7280'],
  data: ['--data', '#2563eb'],
  sample: ['--sample', '#ea7317'],
  prediction: ['--prediction', '#0f766e'],
  trail: ['--trail', '#9a3412'],
  accent: ['--accent', '#4f46e5'],
} as const;

let probe: CanvasRenderingContext2D | null = null;

/** Any CSS colour as "#rrggbb", resolved by the browser. */
function toHex(colour: string, fallback: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  if (probe === null) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    probe = canvas.getContext('2d', { willReadFrequently: true });
  }
  if (probe === null || !CSS.supports('color', colour)) return fallback;
  probe.clearRect(0, 0, 1, 1);
  probe.fillStyle = colour;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The theme in force at an element. */
export function readPalette(element: Element): StagePalette {
  const style = getComputedStyle(element);
  const colour = (token: keyof typeof TOKENS): string => {
    const [property, fallback] = TOKENS[token];
    return toHex(style.getPropertyValue(property).trim(), fallback);
  };
  const emphasis = Number.parseFloat(style.getPropertyValue('--emphasis'));
  return {
    background: colour('background'),
    grid: colour('grid'),
    text: colour('text'),
    muted: colour('muted'),
    data: colour('data'),
    sample: colour('sample'),
    prediction: colour('prediction'),
    trail: colour('trail'),
    accent: colour('accent'),
    dark: style.getPropertyValue('--is-dark').trim() === '1',
    emphasis: Number.isFinite(emphasis) && emphasis > 0 ? emphasis : 1,
  };
}

/** Calls `listener` whenever the theme may have changed; returns how to stop. */
export function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'style', 'data-theme'],
  });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    scheme.removeEventListener('change', listener);
  };
}
