import { type Codec, clip } from '../experiment/codecs.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import type { ShowsRun } from './runRequest.ts';
import type { Part } from './types.ts';

const LONGEST = 200;

const escaped = (text: string) =>
  encodeURIComponent(text).replaceAll(
    /[~()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** A name in a link: what stands between stages and settings is escaped. */
const runNameCodec: Codec<string> = {
  allowed: 'the name of a run that is kept on this device, or nothing',
  format: escaped,
  parse(text, name, fallback) {
    try {
      return { value: decodeURIComponent(text).slice(0, LONGEST), warnings: [] };
    } catch {
      return { value: fallback, warnings: [`${name} = ${clip(text)} is not the name of a run.`] };
    }
  },
  check(value, path) {
    if (typeof value === 'string' && value.length <= LONGEST) return value;
    throw new ConfigError(path, `= ${show(value)} is not a name`, runNameCodec.allowed);
  },
};

export const SHOWN_RUN = {
  run: { name: 'run', word: 'run', codec: runNameCodec, fallback: '' },
} as const satisfies { readonly run: Part<string> };

export const runTexts = ({ run }: ShowsRun): readonly string[] => (run === '' ? [] : [`run “${run}”`]);
