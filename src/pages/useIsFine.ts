import { useMemo } from 'react';
import { datasets } from '../core/datasets/index.ts';
import { isFinerThan } from '../core/datasets/isFinerThan.ts';
import { CUSTOM_DATASET } from '../experiment/fields.ts';
import { useField } from '../store/react.ts';

/** Half the radius of a dot, on a stage of usual size; data units. */
const FINE = 0.02;

/** Whether the data is finer than the dots that are drawn, so that samples beside it look right. */
export function useIsFine(): boolean {
  const dataset = useField('dataset');
  const noise = useField('noise');
  return useMemo(
    () => dataset !== CUSTOM_DATASET && isFinerThan(datasets.get(dataset).density(noise), FINE),
    [dataset, noise],
  );
}
