import { density } from './density/view.ts';
import { forward } from './forward/view.ts';
import { layerOf } from './layers.ts';
import { oneStep } from './onestep/view.ts';
import { reverse } from './reverse/view.ts';
import { score } from './score/view.ts';
import type { Part, Row, View } from './types.ts';

/** The kinds of stage, in the order in which they are offered: one line each. */
const known = [forward, reverse, score, density, oneStep] as const;

type Each = (typeof known)[number];
type StageOf<V> = V extends View<infer S, infer _> ? S : never;
type RequestOf<V> = V extends View<infer _, infer R> ? R : never;

export type StageConfig = StageOf<Each>;
export type StageKind = StageConfig['kind'];
/** What a stage needs recorded. */
export type RecordingRequest = RequestOf<Each>;
export type AnyView = View<StageConfig, RecordingRequest>;

/** Each is to be asked about stages of its own kind alone. */
export const views = known as unknown as readonly AnyView[];

/** The view of a stage. @throws RangeError where there is none of this kind */
export function viewOf({ kind }: Pick<StageConfig, 'kind'>): AnyView {
  const view = views.find((each) => each.kind === kind);
  if (view === undefined) throw new RangeError(`There is no view '${kind}'.`);
  return view;
}

/** A setting of a stage by its name. @throws RangeError where it has none of this name */
export function partOf(stage: StageConfig, name: string): Part<unknown> {
  const parts: Readonly<Record<string, Part<unknown>>> = viewOf(stage).parts;
  const part = parts[name];
  if (part === undefined) throw new RangeError(`A stage '${stage.kind}' has no setting '${name}'.`);
  return part;
}

/** What a stage needs recorded, in the order in which its picture finds it: first for its view, then for its layers. */
export function requestsOf(stage: StageConfig, row: Row<StageConfig>): readonly RecordingRequest[] {
  const ofClass = 'ofClass' in stage ? stage.ofClass : 0;
  const condition = 'condition' in stage ? stage.condition : null;
  const asked = { ofClass, condition, run: stage.run };
  const ofLayers = stage.layers.flatMap((layer) => layerOf(layer).requests?.(asked) ?? []);
  return [...viewOf(stage).requests(stage, row), ...ofLayers];
}

/** The stage a person adds, before they change it, of each kind. */
export const newStage = Object.fromEntries(
  views.map(({ kind, parts }) => [kind, { id: 0, kind, ...fallbacks(parts) }]),
) as { readonly [K in StageKind]: Extract<StageConfig, { kind: K }> };

function fallbacks(parts: Readonly<Record<string, Part<unknown>>>): object {
  return Object.fromEntries(Object.entries(parts).map(([name, { fallback }]) => [name, fallback]));
}
