import { MAX_STAGES } from '../experiment/stagesCodec.ts';
import { type StageConfig, viewOf } from '../views/index.ts';

type Stages = readonly StageConfig[];

/** Any settings of a stage; those that its kind lacks are refused when the change is checked. */
export type StagePatch = Readonly<Record<string, unknown>>;

const within = (row: readonly unknown[], index: number) =>
  Number.isInteger(index) && index >= 0 && index < row.length;

/** A new stage at the right end; a full row stays as it is. */
export function addStage(stages: Stages, stage: StageConfig): Stages {
  return stages.length < MAX_STAGES ? [...stages, stage] : stages;
}

/** The row with a copy to the right of the original. */
export function duplicateStage(row: Stages, index: number): Stages {
  if (!within(row, index) || row.length >= MAX_STAGES) return row;
  return row.toSpliced(index + 1, 0, { ...row[index]!, id: 0 });
}

/** The row without a stage; the last one stays. */
export function removeStage(row: Stages, index: number): Stages {
  return within(row, index) && row.length > 1 ? row.toSpliced(index, 1) : row;
}

/** A stage carried to another place. */
export function moveStage(row: Stages, from: number, to: number): Stages {
  if (!within(row, from) || !within(row, to)) return row;
  return row.toSpliced(from, 1).toSpliced(to, 0, row[from]!);
}

/** Some settings of a stage changed; the result is to be checked. What a sampler was given is kept for its return. */
export function changeStage(stages: Stages, index: number, patch: StagePatch): readonly unknown[] {
  if (!within(stages, index)) return stages;
  return stages.map((stage, i) => {
    if (i !== index) return stage;
    return { ...stage, ...viewOf(stage).keep?.(stage), ...patch };
  });
}
