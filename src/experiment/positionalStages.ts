/**
 * Links of version 1 gave the settings of a stage by their place, `r_ddim_20_0_bt_linear_l_p`, and what was rarely set by
 * name after them. What was where, by the letter of the view.
 */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  f: ['mode', 'layers'],
  r: ['sampler', 'steps', 'eta', 'variance', 'grid', 'denoiser', 'layers'],
  s: ['source', 'layers'],
};

/** A stage's text with all settings by name, whatever the version. */
export function named(text: string): string {
  const [letter, rest] = cutAtFirst(text, '_');
  const places = PLACES[letter];
  if (places === undefined || rest === '' || /^[A-Za-z][A-Za-z0-9.-]*\(/.test(rest)) return text;
  const texts = rest.split('_');
  const placed = texts.slice(0, places.length).map((each, i) => `${places[i]}(${each})`);
  return `${letter}_${placed.join('')}${texts.slice(places.length).join('_')}`;
}

/** What stands before a mark and what after; nothing after where there is none. */
export function cutAtFirst(text: string, mark: string): readonly [before: string, after: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
