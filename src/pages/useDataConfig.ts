import { useMemo } from 'react';
import type { DataConfig } from '../experiment/dataset.ts';
import { useField } from '../store/react.ts';

/** The part of the experiment that says what the data are: the same object until that part changes. */
export function useDataConfig(): DataConfig {
  const dataset = useField('dataset');
  const customPoints = useField('customPoints');
  const customTable = useField('customTable');
  const customData = useField('customData');
  return useMemo(
    () => ({ dataset, customPoints, customTable, customData }),
    [dataset, customPoints, customTable, customData],
  );
}
