import { invalidated } from '../../../experiment/fields.ts';
import { applyPatch } from '../../../experiment/patch.ts';
import type { ExperimentConfig } from '../../../experiment/types.ts';
import type { TableEntry, TableRequest } from '../../../protocol/studies.ts';
import { newStage } from '../../../views/index.ts';
import { mostSteps, WHOLE_CHAIN } from '../../../views/reverse/mostSteps.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';

/** The cells of a table, and the order in which they are made. */

/** A cell that is due. */
export interface Due {
  readonly row: number;
  readonly column: number;
  readonly config: ExperimentConfig;
  readonly settings: ReverseStage;
  /** As in `TableEntry`; null for a cell of the model itself. */
  readonly distilledFrom: number | null;
}

export function dueOf({ base, rows, columns }: TableRequest, config: ExperimentConfig): readonly Due[] {
  return rows.flatMap((row, i) =>
    columns.map((column, j): Due => {
      const layers = [base, row, column];
      const patch = Object.assign(
        {},
        ...layers.map((entry) => entry.config ?? {}),
      ) as Partial<ExperimentConfig>;
      const own = applyPatch(config, patch);
      const distilledFrom = layers.findLast((entry) => entry.distilledFrom)?.distilledFrom ?? null;
      return { row: i, column: j, config: own, settings: settingsOf(layers, own.nChain), distilledFrom };
    }),
  );
}

/**
 * 1000 steps are the whole chain. What no row or column names becomes as many as the sampler can take; what one names stays, for its
 * cell to say why it is blank.
 */
function settingsOf(layers: readonly Omit<TableEntry, 'label'>[], nChain: number): ReverseStage {
  const parameters = Object.assign({}, ...layers.map(({ run }) => run?.parameters ?? {})) as Record<
    string,
    number
  >;
  const merged: ReverseStage = Object.assign({}, newStage.reverse, ...layers.map(({ run }) => run ?? {}), {
    parameters,
  });
  const nSteps = merged.nSteps === WHOLE_CHAIN ? nChain : merged.nSteps;
  const isNamed = layers.slice(1).some(({ run }) => run?.nSteps !== undefined);
  return { ...merged, nSteps: isNamed ? nSteps : Math.min(nSteps, mostSteps(merged.sampler, nChain)) };
}

/** Cells of one experiment together, those of the present model first. */
export function byModel(due: readonly Due[], present: ExperimentConfig): readonly (readonly Due[])[] {
  const groups: Due[][] = [];
  for (const cell of due) {
    const group = groups.find(([first]) => invalidated(first!.config, cell.config) !== 'model');
    if (group) group.push(cell);
    else groups.push([cell]);
  }
  const isOwn = (group: readonly Due[]) => invalidated(present, group[0]!.config) !== 'model';
  return [...groups.filter(isOwn), ...groups.filter((group) => !isOwn(group))];
}

/** Students come after all else, and each after its teacher. */
export function fewestLast(group: readonly Due[]): readonly Due[] {
  const place = ({ distilledFrom, settings }: Due) =>
    distilledFrom === null ? Number.NEGATIVE_INFINITY : -settings.nSteps;
  return group.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** How many students cells of one experiment take, where all are had of one teacher. */
export function studentsOf(group: readonly Due[]): number {
  const rounds = group.map(({ distilledFrom, settings }) =>
    Math.log2((distilledFrom ?? 1) / settings.nSteps),
  );
  return Math.max(0, Math.floor(Math.max(...rounds)));
}
