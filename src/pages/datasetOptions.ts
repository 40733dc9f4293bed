import { datasets } from '../core/datasets/index.ts';
import { CUSTOM_DATASET } from '../experiment/fields.ts';

/** The presets and, last, the person's own points. */
export function datasetOptions(hasDraft: boolean) {
  const presets = datasets.entries.map(({ id, label }) => ({ value: id as string, label }));
  return [...presets, { value: CUSTOM_DATASET, label: hasDraft ? 'Your points' : 'Draw your own…' }];
}
