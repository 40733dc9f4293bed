import { useEffect, useRef, useState } from 'react';
import { SPEED_ENTRIES } from '../../protocol/speed.ts';
import { measureSpeed } from '../../runtime/speedTest.ts';
import type { SpeedRow } from './report.ts';

interface Network {
  readonly width: number;
  readonly batch: number;
}

/** Engine after engine, each in a worker of its own. */
export function useSpeedTest(seconds: number) {
  const [rows, setRows] = useState<readonly SpeedRow[]>([]);
  const [running, setRunning] = useState(false);
  const ending = useRef<AbortController>(null);

  const cancel = () => {
    ending.current?.abort();
    setRunning(false);
  };
  useEffect(() => () => ending.current?.abort(), []);

  async function start(network: Network): Promise<void> {
    const controller = new AbortController();
    ending.current = controller;
    setRows([]);
    setRunning(true);
    for (const entry of SPEED_ENTRIES) {
      const outcome = await measureSpeed({ entry, seconds, ...network }, controller.signal);
      if (outcome === null) return;
      setRows((before) => [...before, { name: entry.name, outcome }]);
    }
    setRunning(false);
  }

  return { rows, running, start, cancel };
}
