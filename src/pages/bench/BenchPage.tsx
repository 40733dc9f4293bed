import '../../ui/controls.css';
import { useState } from 'react';
import { SPEED_ENTRIES } from '../../protocol/speed.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import '../tokens.css';
import '../layout.css';
import './bench.css';
import { ReportText } from './ReportText.tsx';
import { reportText } from './report.ts';
import { SpeedTable } from './SpeedTable.tsx';
import { useSpeedTest } from './useSpeedTest.ts';

const NETWORKS = {
  '64': { label: '3 layers of 64, batch 256', width: 64, batch: 256 },
  '128': { label: '3 layers of 128, batch 512', width: 128, batch: 512 },
} as const;
type NetworkId = keyof typeof NETWORKS;
const OPTIONS = Object.entries(NETWORKS).map(([value, { label }]) => ({ value: value as NetworkId, label }));

/** Measures every engine on this device at the press of a button. @param seconds for each of an engine's two measurements */
export function BenchPage({ seconds }: { readonly seconds: number }) {
  const [chosen, setChosen] = useState<NetworkId>('64');
  const [measured, setMeasured] = useState<NetworkId>('64');
  const { rows, running, start, cancel } = useSpeedTest(seconds);
  const next = SPEED_ENTRIES[rows.length]?.name;
  const measure = () => {
    setMeasured(chosen);
    void start(NETWORKS[chosen]);
  };
  const status = running ? `Measuring: ${next}` : rows.length === 0 ? 'Nothing measured yet.' : 'Done.';
  return (
    <main className="bench">
      <h1>Engines on this device</h1>
      <p>
        Trains the playground’s network and samples with it, with every engine one after the other. Close
        other tabs and plug the device in: whatever else runs is measured too.
      </p>
      <div className="bench-controls">
        <Select label="Network" value={chosen} options={OPTIONS} onChange={setChosen} />
        {running ? (
          <Button onClick={cancel}>Cancel</Button>
        ) : (
          <Button variant="primary" onClick={measure}>
            Measure
          </Button>
        )}
      </div>
      <progress max={SPEED_ENTRIES.length} value={rows.length} aria-label="Engines measured" />
      <p role="status">{!running && next && rows.length > 0 ? 'Cancelled.' : status}</p>
      {rows.length > 0 && <SpeedTable rows={rows} caption={NETWORKS[measured].label} />}
      {rows.length > 0 && !running && (
        <ReportText text={reportText(rows, NETWORKS[measured].label, navigator.userAgent)} />
      )}
      <section className="bench-notes">
        <h2>What the columns mean</h2>
        <p>
          GFLOP/s: six operations for each weight and example of a training step. Of peak: of the most
          multiply-adds that one core, or the GPU, did just before or after; two threads can have more than
          100 %. Samples/s: points through 50 steps of DDPM, 2 000 at a time.
        </p>
      </section>
      <p>
        <a href="./">To the playground</a>
      </p>
    </main>
  );
}
