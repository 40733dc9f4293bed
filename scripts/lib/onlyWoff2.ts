import type { Plugin } from 'vite';

/** `src: url(a.woff2) format("woff2"), url(a.woff) format("woff"), …` */
const OLDER_FONTS = /,\s*url\([^)]*\)\s*format\(["'](?:woff|truetype)["']\)/g;

/** Leaves only woff2 of the fonts that KaTeX's style sheet offers: every browser that runs this page reads it. */
export function onlyWoff2(): Plugin {
  return {
    name: 'only-woff2',
    enforce: 'pre',
    transform: (css, id) => (/[\\/]katex[\\/].*\.css($|\?)/.test(id) ? css.replace(OLDER_FONTS, '') : null),
  };
}
