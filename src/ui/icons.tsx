import type { ReactNode } from 'react';

const filled = (d: string) => <path d={d} fill="currentColor" stroke="none" />;

/** Drawings on a 16-unit square; strokes take the colour of the text around them. */
const DRAWINGS = {
  play: filled('M4.5 2.6v10.8a.6.6 0 0 0 .9.5l8.6-5.4a.6.6 0 0 0 0-1L5.4 2.1a.6.6 0 0 0-.9.5z'),
  pause: filled('M4 2.5h2.6v11H4zM9.4 2.5H12v11H9.4z'),
  restart: <path d="M3.2 5.2A5.6 5.6 0 1 1 2.4 8M3 2v3.4h3.4" />,
  step: (
    <>
      {filled('M3 2.8v10.4l7.4-5.2z')}
      <path d="M12.6 3v10" />
    </>
  ),
  'step-back': (
    <>
      {filled('M13 2.8v10.4L5.6 8z')}
      <path d="M3.4 3v10" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  trash: <path d="M2.5 4.2h11M6 4V2.5h4V4M4 4.4l.7 9.1h6.6l.7-9.1M6.7 7v4M9.3 7v4" />,
  copy: <path d="M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1" />,
  link: (
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8" />
  ),
  compare: <path d="M2 13.5h12M3.5 11V7.5M6.5 11V3.5M9.5 11V5.5M12.5 11V2.5" />,
  moon: <path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.4v1.4M8 13.2v1.4M1.4 8h1.4M13.2 8h1.4M3.3 3.3l1 1M11.7 11.7l1 1M3.3 12.7l1-1M11.7 4.3l1-1" />
    </>
  ),
  projector: <path d="M1.5 2.5h13M2.5 2.5v8h11v-8M8 10.5v2M5 14l3-1.7 3 1.7" />,
  help: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M6.2 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.6-.8 1.2" />
      {filled('M7.2 10.4h1.6V12H7.2z')}
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 7.2v4" />
      {filled('M7.2 4.2h1.6v1.6H7.2z')}
    </>
  ),
  warning: (
    <>
      <path d="M8 2 1.6 13.4h12.8zM8 6.4v3.4" />
      {filled('M7.2 10.8h1.6v1.5H7.2z')}
    </>
  ),
  learn: <path d="M2.5 2.5v11h11M4.8 4.5c1 4.6 3.6 6.4 8.2 6.7" />,
  enlarge: <path d="M9.5 2.5h4v4M13.2 2.8 9 7M6.5 13.5h-4v-4M2.8 13.2 7 9" />,
  reduce: <path d="M13.5 6.5h-4v-4M9.8 6.2 14 2M2.5 9.5h4v4M6.2 9.8 2 14" />,
  close: <path d="m3.6 3.6 8.8 8.8M12.4 3.6l-8.8 8.8" />,
  redo: <path d="m10.6 2.6 3 3-3 3M13.2 5.6H6.5a3.7 3.7 0 0 0 0 7.4H10" />,
  undo: <path d="M5.4 2.6 2.4 5.6l3 3M2.8 5.6h6.7a3.7 3.7 0 0 1 0 7.4H6" />,
  download: <path d="M8 2.5v7.9M4.8 7.4 8 10.6l3.2-3.2M2.5 10v3.5h11V10" />,
  upload: <path d="M8 10.5V2.6M4.8 5.6 8 2.4l3.2 3.2M2.5 10v3.5h11V10" />,
  pen: <path d="m2.5 13.5.7-3.2 7.6-7.6 2.5 2.5-7.6 7.6zM9.4 4.2l2.4 2.4" />,
  eraser: <path d="M5.6 13.2 2.4 10l6.8-6.8 4 4-6 6zM5.6 6.8l4 4M5.6 13.2h8" />,
  chevron: <path d="m4 6 4 4 4-4" />,
  loop: (
    <path d="M3 8V6.5a2 2 0 0 1 2-2h7M10 2.2l2.3 2.3L10 6.8M13 8v1.5a2 2 0 0 1-2 2H4M6 13.8l-2.3-2.3L6 9.2" />
  ),
  more: filled(
    'M2 8a1.4 1.4 0 1 0 2.8 0A1.4 1.4 0 0 0 2 8zM6.6 8a1.4 1.4 0 1 0 2.8 0 1.4 1.4 0 0 0-2.8 0zM11.2 8a1.4 1.4 0 1 0 2.8 0 1.4 1.4 0 0 0-2.8 0z',
  ),
  system: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      {filled('M8 2.2a5.8 5.8 0 0 1 0 11.6z')}
    </>
  ),
  flask: (
    <path d="M6 2h4M6.8 2v4.2L2.9 12.4a1.1 1.1 0 0 0 1 1.6h8.2a1.1 1.1 0 0 0 1-1.6L9.2 6.2V2M4.6 10.2h6.8" />
  ),
  settings: <path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.7v3.6M6 9.7v3.6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof DRAWINGS;

/** A picture in the colour and size of the text around it; never spoken. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="c-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}
