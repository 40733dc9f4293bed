import type { Codec } from '../experiment/codecs.ts';
import type { ConditionProblem } from '../experiment/conditions/problem.ts';
import type { Condition } from '../experiment/conditions/types.ts';
import type { Formula } from '../experiment/formula.ts';
import type { SquareView } from '../experiment/stageView.ts';
import type { Layer } from './layers.ts';
import type { RunRequest, ShowsRun } from './runRequest.ts';

/** What every stage has: an identity, which view it shows, whose model, and what is drawn on it. */
export interface StageBase extends ShowsRun {
  /** By which it is known when the row is rearranged: 1, 2, …, each once in a row; 0 is given one. Links do not carry it. */
  readonly id: number;
  readonly kind: string;
  readonly layers: readonly Layer[];
}

/** Which class a stage asks for, where classes are taught. */
export interface AskedClass {
  /** 1…K, or 0 for any. */
  readonly ofClass: number;
  /** w of classifier-free guidance: (1 + w)·(answer for the class) − w·(answer for any); read where there is a class. */
  readonly guidance: number;
}

/** What a setting of a stage is called, takes, and is when a link lacks it. */
export interface Part<T> {
  readonly name: string;
  readonly codec: Codec<T>;
  readonly fallback: T;
  /** What a link calls it; '*' stands for all names that are no other's. */
  readonly word: string;
}

/** All settings of a stage, in the order of a link. */
export type Parts<S> = { readonly [K in Exclude<keyof S, 'id' | 'kind'>]: Part<S[K]> };

/** What the settings of a stage must agree with. */
export interface Surroundings {
  /** Steps T of the chain. */
  readonly nChain: number;
  /** Registry id of the forward process. */
  readonly process: string;
  readonly learnedVariance: boolean;
  /** Classes that the network is taught. */
  readonly nClasses: number;
  /** Why the data cannot meet a condition; null where they can. */
  conditionProblem(condition: Condition): ConditionProblem | null;
}

/** A setting that the rest of the experiment does not allow, for an error message. */
export interface Conflict {
  readonly setting: string;
  readonly problem: string;
  readonly allowed: string;
}

/** What a stage is called, and a line for a newcomer: its phrases, most telling first. */
export interface StageText {
  readonly title: string;
  readonly subtitle: readonly string[];
}

/** What a stage needs recorded by the engine, of the page's own model or of a kept run; equal requests share one recording. */
export interface RequestBase extends RunRequest {
  readonly kind: string;
}

/** The row that a stage stands in. */
export interface Row<S> {
  readonly stages: readonly S[];
  readonly nChain: number;
}

/**
 * A kind of stage: all that can be said of it without computing or drawing. How it is recorded, drawn and set is in
 * `record.ts`, `draw.ts` and `Settings.tsx` beside it.
 */
export interface View<S extends StageBase, R extends RequestBase> {
  readonly kind: S['kind'];
  /** What a link calls it. */
  readonly letter: string;
  /** What the menu calls it, and a sentence for a newcomer. */
  readonly label: string;
  readonly summary: string;
  /** What it shows of playback: the way to the noise, the way back (until then it waits at the noise), or a time. */
  readonly shows: 'forward' | 'reverse' | 'time';
  readonly parts: Parts<S>;
  /** Layers that make sense on it. */
  readonly layers: readonly Layer[];
  /** Settings that depend on others where nobody said them. */
  fill?(stage: S, isGiven: (setting: string) => boolean): S;
  /**
   * A stage that agrees with itself and with the rest; the same object when it does already.
   * @param warn hears, in words, of what had to give way
   */
  agree?(stage: S, around: Surroundings, warn: (message: string) => void): S;
  /** The first setting that the rest does not allow; null when there is none. */
  conflict?(stage: S, around: Surroundings): Conflict | null;
  /** The stage after the chain went from one length to another. */
  followChain?(stage: S, from: number, to: number): S;
  /** What a stage keeps of its settings for when what is about to change comes back. */
  keep?(stage: S): Partial<S>;
  /** What it needs recorded, in the order in which its picture finds it. */
  requests(stage: S, row: Row<StageBase>): readonly R[];
  /** The part of the plane that it shows, where it is not all of what stages show. */
  frame?(stage: S, whole: SquareView): SquareView;
  /** What a point that is pressed in its picture sets, where it is not a particle that is dropped in all stages. */
  place?: {
    at(stage: S): readonly [number, number];
    set(point: readonly [number, number]): Partial<S>;
    /** Whether it follows the pointer, or waits until that is let go. */
    follows(stage: S): boolean;
  };
  text(stage: S, nChain: number): StageText;
  /** Its name in a few words, for those who cannot see the picture. */
  name(stage: S): string;
  formula(stage: S, config: { readonly process: string }): Formula;
}

/** Equal requests have equal keys. */
export function recordingKey<R extends RequestBase>(request: R): string {
  return JSON.stringify(request, (_, value: unknown) => (isPlain(value) ? inOrder(value) : value));
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inOrder = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
