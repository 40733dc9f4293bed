import type { Rng } from '../../core/types.ts';
import { field, fieldNames } from '../../experiment/fields.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { decodeConfig, encodeConfig } from '../../experiment/url.ts';
import type { DiffusionPlaygroundApi } from '../../store/pageApi.ts';
import type { Playground } from '../../store/playgroundStore.ts';
import { enter, key, press, usableElements } from './press.ts';

export interface FuzzContext {
  readonly playground: Playground;
  readonly api: DiffusionPlaygroundApi;
  readonly rng: Rng;
}

const pick = <T>(rng: Rng, list: readonly T[]): T => list[Math.floor(rng.uniform() * list.length)]!;

/** Values that programs and links get wrong. */
const ODD: readonly unknown[] = [
  Number.NaN,
  -1,
  0,
  1,
  1e9,
  0.5,
  '',
  'moons',
  null,
  undefined,
  [],
  [1, 2],
  {},
  true,
];
const TEXTS = [
  '',
  'NaN',
  '-1',
  '1e999',
  '0.3',
  '5',
  'cosine',
  '~',
  'a_b(c)',
  '9'.repeat(500),
  'ä€𝛼',
  '%',
  '<b>',
];
const KEYS = [' ', 'Enter', 'Escape', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home', 'End', 'Tab', 'a'];

/** A refusal in words is what a mistake should get; anything else is one of ours. */
async function refusedInWords(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && error.message.length > 10 && !/\[object/.test(error.message)) return;
    throw new Error(`An answer that says nothing: ${String(error)}`);
  }
}

function pressControl({ rng }: FuzzContext): string {
  const element = pick(rng, usableElements());
  if (element === undefined) return 'nothing to use';
  const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? '';
  if (element instanceof HTMLSelectElement) {
    // Engines take seconds to start, and have tests of their own.
    const values = [...element.options].map(({ value }) => value);
    if (!values.includes('wgsl')) enter(element, pick(rng, values));
  } else if (element instanceof HTMLInputElement && element.type !== 'range')
    enter(element, pick(rng, TEXTS));
  else if (!/reload/i.test(name)) press(element);
  return `use ${element.tagName.toLowerCase()} “${name}”`;
}

function pressKey({ rng }: FuzzContext): string {
  const name = pick(rng, KEYS);
  key(name);
  return `key ${name}`;
}

function followLink({ rng, playground }: FuzzContext): string {
  const parts = Array.from(
    { length: 1 + Math.floor(3 * rng.uniform()) },
    () =>
      `${pick(rng, [...fieldNames.map((name) => field(name).urlKey), '', 'x'])}=${encodeURIComponent(pick(rng, TEXTS))}`,
  );
  const search = `?${encodeConfig(playground.store.getState().config)}&${parts.join('&')}`;
  playground.actions.replace(small(decodeConfig(search).config));
  return `link ${parts.join('&')}`;
}

async function callApi({ rng, api }: FuzzContext): Promise<string> {
  const odd = () => pick(rng, ODD) as never;
  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['configure', () => api.configure({ [pick(rng, fieldNames)]: odd() })],
    ['train', () => api.train({ steps: odd() })],
    ['train 2', () => api.train({ steps: 2 })],
    ['sample', () => api.sample({ sampler: odd(), nSteps: odd(), n: 5, seed: 1 })],
    ['sample ddim', () => api.sample({ sampler: 'ddim', nSteps: 3, n: 20, seed: 1 })],
    ['score', () => api.score({ t: odd(), points: odd(), source: 'learned' })],
    ['score exact', () => api.score({ t: 0.5, points: [0, 0], source: 'exact' })],
    ['data', () => api.data({ n: odd(), seed: odd() })],
    ['configure seed', () => api.configure({ seed: Math.floor(1e6 * rng.uniform()) })],
  ];
  const [name, call] = pick(rng, calls);
  await refusedInWords(call());
  return `API ${name}`;
}

async function readFile({ rng, api }: FuzzContext): Promise<string> {
  const lines = Array.from(
    { length: Math.floor(8 * rng.uniform()) },
    () => `${pick(rng, TEXTS)},${pick(rng, TEXTS)}`,
  );
  const text = lines.join(pick(rng, ['\n', '\r\n', ';']));
  await refusedInWords(api.importPoints(text));
  return `file ${JSON.stringify(text.slice(0, 40))}`;
}

/** How often each kind is chosen. */
const KINDS: readonly (readonly [number, (context: FuzzContext) => string | Promise<string>])[] = [
  [0.6, pressControl],
  [0.15, pressKey],
  [0.1, callApi],
  [0.1, followLink],
  [0.05, readFile],
];

/** Does one random thing, valid or not. @returns what it was */
export function act(context: FuzzContext): Promise<string> {
  const drawn = context.rng.uniform();
  let sum = 0;
  for (const [share, kind] of KINDS) {
    sum += share;
    if (drawn < sum) return Promise.resolve(kind(context));
  }
  return Promise.resolve(pressControl(context));
}

/** The same experiment at a price at which a thousand actions take a minute or two. */
export function small(config: ExperimentConfig): ExperimentConfig {
  return {
    ...config,
    width: 16,
    depth: 1,
    batchSize: 64,
    nParticles: 50,
    nChain: 20,
    nPoints: 500,
    budgetSteps: 20,
  };
}
