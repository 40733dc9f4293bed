import { useEffect, useState } from 'react';
import { usePlaygroundContext } from '../store/react.ts';
import { Select } from '../ui/Select.tsx';
import type { ShowsRun } from './runRequest.ts';

interface RunFieldProps {
  readonly stage: ShowsRun;
  readonly change: (patch: Partial<ShowsRun>) => void;
}

/** Whose answers a stage shows, where runs have been kept: the page's own model's, or a run's. */
export function RunField({ stage, change }: RunFieldProps) {
  const names = useRunNames();
  const offered = stage.run === '' || names.includes(stage.run) ? names : [...names, stage.run];
  if (offered.length === 0) return null;
  return (
    <Select
      label="Model of this stage"
      value={stage.run}
      options={[
        { value: '', label: 'The page’s own' },
        ...offered.map((name) => ({ value: name, label: `Run “${name}”` })),
      ]}
      onChange={(run) => change({ run })}
    />
  );
}

const NONE: readonly string[] = [];

/** Names of the runs that are kept here; none before they have been read. */
function useRunNames(): readonly string[] {
  const playground = usePlaygroundContext();
  const [names, setNames] = useState(NONE);
  useEffect(() => {
    let stop: () => void = () => undefined;
    let left = false;
    void import('../store/runs/runs.ts').then(({ runsOf }) => {
      if (left) return;
      const { store } = runsOf(playground);
      const tell = () => setNames(store.getState().runs.map(({ name }) => name));
      stop = store.subscribe(tell);
      tell();
    });
    return () => {
      left = true;
      stop();
    };
  }, [playground]);
  return names;
}
