import { keepNumbers } from '../config/stageParameters.ts';
import { MAX_STAGES, newStage } from '../config/stagesCodec.ts';
import type { StageConfig } from '../config/types.ts';

type Stages = readonly StageConfig[];
type StageKind = StageConfig['kind'];

/** Any settings of a stage; those that its kind lacks are refused when the change is checked. */
export type StagePatch = Readonly<Record<string, unknown>>;

const within = (stages: Stages, index: number) =>
  Number.isInteger(index) && index >= 0 && index < stages.length;

/** A new stage at the right end; a full row stays as it is. */
export function addStage(stages: Stages, kind: StageKind): Stages {
  return stages.length < MAX_STAGES ? [...stages, newStage[kind]] : stages;
}

/** A copy to the right of the original. */
export function duplicateStage(stages: Stages, index: number): Stages {
  if (!within(stages, index) || stages.length >= MAX_STAGES) return stages;
  return stages.toSpliced(index + 1, 0, stages[index]!);
}

/** The row without a stage; the last one stays. */
export function removeStage(stages: Stages, index: number): Stages {
  return within(stages, index) && stages.length > 1 ? stages.toSpliced(index, 1) : stages;
}

/** A stage carried to another place. */
export function moveStage(stages: Stages, from: number, to: number): Stages {
  if (!within(stages, from) || !within(stages, to)) return stages;
  return stages.toSpliced(from, 1).toSpliced(to, 0, stages[from]!);
}

/** Another view in a stage's place, with that view's own settings. */
export function switchStage(stages: Stages, index: number, kind: StageKind): Stages {
  if (!within(stages, index) || stages[index]!.kind === kind) return stages;
  return stages.with(index, newStage[kind]);
}

/** Some settings of a stage changed; the result is to be checked. What a sampler was given is kept for its return. */
export function changeStage(stages: Stages, index: number, patch: StagePatch): readonly unknown[] {
  if (!within(stages, index)) return stages;
  return stages.map((stage, i) => {
    if (i !== index) return stage;
    const kept = stage.kind === 'reverse' ? { parameters: keepNumbers(stage) } : {};
    return { ...stage, ...kept, ...patch };
  });
}
