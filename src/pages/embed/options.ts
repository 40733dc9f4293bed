import { clip } from '../../experiment/codecs.ts';

/** What an embed has below its stages, by the word that a link has for it. */
const CONTROLS = ['play', 'train', 'data', 'link'] as const;
export type Control = (typeof CONTROLS)[number];

/** How an article wants the page that it embeds. */
export interface EmbedOptions<C extends string = string> {
  readonly controls: readonly Control[];
  readonly charts: readonly C[];
  /** Below the stages; null where the data set is named in its place. */
  readonly caption: string | null;
  /** A CSS colour of the ground; null for that of the theme. */
  readonly background: string | null;
  readonly autoplay: boolean;
}

/** Whether an embed plays by itself. */
export const autoplays = (search: string): boolean => new URLSearchParams(search).get('autoplay') !== '0';

const USUAL_CONTROLS: readonly Control[] = ['play', 'train', 'link'];

const MAX_CAPTION = 300;
const COLOUR = /^(?:#?(?:[0-9a-f]{3}|[0-9a-f]{6})|transparent|white|black)$/i;

/**
 * What a link says of the embed.
 * @param search a query string
 * @param charts the names of those that can be asked for
 * @param hasData whether there is a choice of data
 * @returns `warnings`: in words, all that was passed over
 */
export function embedOptions<C extends string>(
  search: string,
  charts: readonly C[],
  hasData: boolean,
): {
  readonly options: EmbedOptions<C>;
  readonly warnings: readonly string[];
} {
  const params = new URLSearchParams(search);
  const warnings: string[] = [];
  const listOf = <T extends string>(key: string, known: readonly T[], usual: readonly T[]): readonly T[] => {
    const text = params.get(key);
    if (text === null) return usual;
    const words = text.split(',').filter((word) => word !== '' && word !== 'none');
    const unknown = words.find((word) => !known.some((each) => each === word));
    if (unknown !== undefined) {
      warnings.push(`${key} has no "${clip(unknown)}"; choose from ${known.join(', ')}, or none.`);
    }
    return known.filter((each) => words.includes(each));
  };
  const background = (): string | null => {
    const text = params.get('bg');
    if (text === null) return null;
    if (COLOUR.test(text)) return /^[0-9a-f]+$/i.test(text) ? `#${text}` : text;
    warnings.push(`bg is a colour like fff, f4f1ea, white, black or transparent, not "${clip(text)}".`);
    return null;
  };
  const autoplay = (): boolean => {
    const text = params.get('autoplay');
    if (text !== null && text !== '0' && text !== '1') {
      warnings.push(`autoplay is 0 or 1, not "${clip(text)}".`);
    }
    return autoplays(search);
  };
  const caption = params.get('caption');
  const options = {
    controls: listOf(
      'controls',
      CONTROLS.filter((control) => control !== 'data' || hasData),
      USUAL_CONTROLS,
    ),
    charts: listOf('charts', charts, []),
    caption: caption === null ? null : caption.slice(0, MAX_CAPTION),
    background: background(),
    autoplay: autoplay(),
  };
  return { options, warnings };
}
