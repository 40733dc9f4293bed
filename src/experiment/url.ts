import { followChain } from './agreeOnStage.ts';
import { clip } from './codecs.ts';
import type { FieldName } from './field.ts';
import { defaultConfig, field, fieldNames, fillConfig } from './fields.ts';
import { normalizeConfig } from './normalize.ts';
import type { ExperimentConfig } from './types.ts';

/** Keys of a link that belong to the page, not to the experiment; kept as they are when the link changes. */
export const RESERVED_KEYS: readonly string[] = [
  'embed',
  'controls',
  'charts',
  'caption',
  'bg',
  'autoplay',
  'fuzz',
  'actions',
];

/** The ready experiment that a link opens; its other settings are changes to that. */
export const EXPERIMENT_KEY = 'experiment';

/** Of the form of links: from 2 on, the settings of a stage have names. Links without one are of version 1. */
const VERSION = 2;
const VERSION_KEY = 'ver';
const NEWER = 'The link was made by a newer version of this page; reload the page if something is missing.';

/** What other sites append to links; passed over without a word. */
const TRACKING_KEY = /^(utm_|fbclid$|gclid$|ref$|source$)/;

const MAX_WARNINGS = 8;
/** The longest setting that this page writes, a drawing of many points, is far shorter. */
const MAX_TEXT_LENGTH = 1_000_000;

/** The experiment as a query string without "?": the fields that differ from the default, in the table's order. */
export function encodeConfig(config: ExperimentConfig): string {
  // Defaults are made to agree first: with T = 1000, stages that only follow T need not be written.
  const implied = normalizeConfig({ ...config, stages: defaultStages(config.nChain) }).config.stages;
  const plain: ExperimentConfig = { ...defaultConfig, stages: implied };
  const fields = fieldNames.flatMap((name) => encodeField(name, config, plain));
  // Only stages have had more than one form.
  const isVersioned = fields.some((text) => text.startsWith(`${field('stages').urlKey}=`));
  return [...fields, ...(isVersioned ? [`${VERSION_KEY}=${VERSION}`] : [])].join('&');
}

function encodeField<K extends FieldName>(
  name: K,
  config: ExperimentConfig,
  plain: ExperimentConfig,
): string[] {
  const { urlKey, codec } = field(name);
  const text = codec.format(config[name]);
  return text === codec.format(plain[name]) ? [] : [`${urlKey}=${encodeURIComponent(text)}`];
}

/**
 * The experiment nearest to what a link says; never throws, whatever the link.
 * @param search a query string, with or without "?"
 * @param base what it differs from where it says nothing
 * @returns `warnings`: in words, everything that was changed or passed over
 */
export function decodeConfig(
  search: string,
  base = defaultConfig,
): { config: ExperimentConfig; warnings: string[] } {
  const params = new URLSearchParams(search);
  const warnings: string[] = [];
  const read = <K extends FieldName>(name: K): ExperimentConfig[K] => {
    const entry = field(name);
    const text = params.get(entry.urlKey);
    if (text === null) return base[name];
    if (text.length > MAX_TEXT_LENGTH) {
      warnings.push(`${entry.name} in the link is too long to be read; using the default.`);
      return entry.default;
    }
    const reading = entry.codec.parse(text, entry.name, entry.default);
    warnings.push(...reading.warnings);
    return reading.value;
  };
  const filled = fillConfig(read);
  const stages =
    filled.stages === base.stages ? followChain(base.stages, base.nChain, filled.nChain) : filled.stages;
  const agreed = normalizeConfig({ ...filled, stages });
  // Of what gives way to other fields, only what the link itself asked for is news.
  const news = agreed.warnings.filter((adjustment) => params.has(field(adjustment.field).urlKey));
  warnings.push(...news.map(({ message }) => message));
  warnings.push(...repeatedKeys(params), ...unknownKeys(params));
  if (Number(params.get(VERSION_KEY)) > VERSION) warnings.push(NEWER);
  return { config: agreed.config, warnings: abridge(warnings) };
}

/** Whether a link carries an experiment of somebody's: a setting that is not of the page's look alone. */
export function carriesExperiment(search: string): boolean {
  const params = new URLSearchParams(search);
  return fieldNames.some((name) => field(name).pageOnly !== true && params.has(field(name).urlKey));
}

const defaultStages = (nChain: number) => followChain(defaultConfig.stages, defaultConfig.nChain, nChain);

function repeatedKeys(params: URLSearchParams): readonly string[] {
  return fieldNames
    .map((name) => field(name))
    .filter(({ urlKey }) => params.getAll(urlKey).length > 1)
    .map(({ urlKey, name }) => `${urlKey} (${name}) is in the link more than once; using the first.`);
}

function unknownKeys(params: URLSearchParams): readonly string[] {
  const known = new Set([
    VERSION_KEY,
    EXPERIMENT_KEY,
    ...RESERVED_KEYS,
    ...fieldNames.map((name) => field(name).urlKey),
  ]);
  return [...new Set(params.keys())]
    .filter((key) => !known.has(key) && !TRACKING_KEY.test(key))
    .map((key) =>
      key === ''
        ? `${clip(`=${params.get(key)}`)} in the link has no name; ignored.`
        : `${clip(key)} in the link is not a setting; ignored.`,
    );
}

function abridge(warnings: readonly string[]): string[] {
  if (warnings.length <= MAX_WARNINGS) return [...warnings];
  const left = warnings.length - (MAX_WARNINGS - 1);
  return [
    ...warnings.slice(0, MAX_WARNINGS - 1),
    `${left} more settings of the link were changed or ignored.`,
  ];
}

/** The page's own keys of a query string, for a link that is about to be rewritten. */
export function reservedPart(search: string): string {
  const params = new URLSearchParams(search);
  return RESERVED_KEYS.filter((key) => params.has(key))
    .map((key) => {
      const value = params.get(key);
      return value ? `${key}=${encodeURIComponent(value)}` : key;
    })
    .join('&');
}
