import type { Codec } from './codecs.ts';
import { ConfigError, show } from './errors.ts';
import { isDataKey } from './ownData.ts';

const allowed = 'the key of data that were imported on this device, or nothing';

/** The key of data that are kept on the device. */
export const dataKeyCodec: Codec<string> = {
  allowed,
  format: (key) => key,
  parse(text, name) {
    if (text === '' || isDataKey(text)) return { value: text, warnings: [] };
    return { value: '', warnings: [`${name} in the link cannot be read; using none.`] };
  },
  check(value, path) {
    if (value === '' || (typeof value === 'string' && isDataKey(value))) return value;
    throw new ConfigError(path, `= ${show(value)} is not a key of data`, allowed);
  },
};
