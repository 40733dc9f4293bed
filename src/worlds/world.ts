import { type Codec, clip } from '../experiment/codecs.ts';
import { ConfigError, show } from '../experiment/errors.ts';
import { readTexts, type TextField, type Texts, writeTexts } from '../experiment/textSettings.ts';
import type { OtherWorldId } from './ids.ts';

/** One setting of a world. */
export interface WorldField<T> extends TextField<T> {
  readonly codec: Codec<T>;
  /** Whether the model stays what it is when this changes. */
  readonly keepsModel?: true;
  /** Whether it concerns the page alone: the worker need not hear of it, and what is recorded stays too. */
  readonly pageAlone?: true;
}

export type FieldsOf<S> = { readonly [K in keyof S]: WorldField<S[K]> };

/** What every world has: how training goes. */
export interface CommonSettings {
  readonly seed: number;
  readonly budgetSteps: number;
}

/** A stage: what the worker records under this name. */
export interface WorldView<S> {
  readonly kind: string;
  readonly title: string;
  /** Whether it is shown; always where it is left out. */
  suits?(settings: S): boolean;
}

/** What a world is, before anything of it runs. */
export interface World<S extends CommonSettings = CommonSettings> {
  readonly id: OtherWorldId;
  readonly name: string;
  /** What is learned here, in one sentence. */
  readonly sentence: string;
  readonly fields: FieldsOf<S>;
  /** Left to right. */
  readonly stages: readonly WorldView<S>[];
  /** What else the worker records: of charts and of numbers. */
  readonly measures: readonly string[];
  /** Settings that agree: what a setting that was not asked for must give way to. @throws ConfigError for what cannot be */
  agree?(settings: S, asked: Partial<S>): S;
}

/** A world's settings as links carry them. */
export type WorldTexts = Texts;

const namesOf = <S extends CommonSettings>(world: World<S>) =>
  Object.keys(world.fields) as (keyof S & string)[];

export function defaultSettings<S extends CommonSettings>(world: World<S>): S {
  return Object.fromEntries(namesOf(world).map((name) => [name, world.fields[name].default])) as unknown as S;
}

/** The settings nearest to what a link says; never throws. `warnings` tells what was changed, in sentences. */
export function readSettings<S extends CommonSettings>(
  world: World<S>,
  texts: WorldTexts,
): { readonly settings: S; readonly warnings: readonly string[] } {
  const { settings, warnings: read } = readTexts(world.fields, texts);
  const warnings = [...read];
  const known = namesOf(world).map((name) => world.fields[name].key);
  for (const key of Object.keys(texts)) {
    if (!known.includes(key))
      warnings.push(`The world ${world.name} has no setting “${clip(key)}”; left out.`);
  }
  try {
    return { settings: world.agree?.(settings, {}) ?? settings, warnings };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      settings: defaultSettings(world),
      warnings: [...warnings, `${error.message} Using the defaults.`],
    };
  }
}

export function writeSettings<S extends CommonSettings>(world: World<S>, settings: S): WorldTexts {
  return writeTexts(world.fields, settings);
}

/** The settings after a change, all of it checked before any is applied. @throws ConfigError that says what was wrong */
export function changedSettings<S extends CommonSettings>(
  world: World<S>,
  base: S,
  patch: Readonly<Record<string, unknown>>,
): S {
  const names = namesOf(world);
  const asked: Partial<S> = {};
  for (const [key, value] of Object.entries(patch)) {
    const name = names.find((known) => known === key);
    if (name === undefined) {
      throw new ConfigError(show(key), `is not a setting of the world ${world.name}`, names.join(', '));
    }
    asked[name] = world.fields[name].codec.check(value, name);
  }
  const next = { ...base, ...asked };
  return world.agree?.(next, asked) ?? next;
}

/** Whether the model of one experiment is none of the other. */
export function losesModel<S extends CommonSettings>(world: World<S>, old: S, next: S): boolean {
  return namesOf(world).some((name) => {
    const { codec, keepsModel, pageAlone } = world.fields[name];
    const keeps = keepsModel === true || pageAlone === true;
    return !keeps && codec.format(old[name]) !== codec.format(next[name]);
  });
}

/** Whether a change concerns the page alone. */
export function concernsPageAlone<S extends CommonSettings>(world: World<S>, old: S, next: S): boolean {
  return namesOf(world).every((name) => {
    const { codec, pageAlone } = world.fields[name];
    return pageAlone === true || codec.format(old[name]) === codec.format(next[name]);
  });
}
