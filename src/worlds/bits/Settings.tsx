import { BITS } from '../../core/discrete/bits.ts';
import { WorldChoice, WorldNumber, WorldSetting } from '../../pages/worlds/fields.tsx';
import { useWorld, useWorldSettings } from '../../store/worlds/react.ts';
import { Button } from '../../ui/Button.tsx';
import './settings.css';
import { type BitsSettings, HEARTBEAT_PATTERNS } from './world.ts';

const SCHEDULES = {
  jsd: { label: '1/(T − t + 1)', summary: 'Forgets the same share of the data at each step, as in 2015.' },
  cosine: { label: 'Cosine', summary: 'Slow at both ends, as D3PM has it for uniform noise.' },
  linear: { label: 'Linear', summary: 'DDPM’s β, which keeps the data longest.' },
};
const LOSSES = {
  ce: { label: 'Cross-entropy of x₀', summary: 'How surprised the network is of the clean bits.' },
  kl: { label: 'KL of the step (2015)', summary: 'The bound itself: the true step against the network’s.' },
};
const MOST_PATTERNS = 8;

const indices = Array.from({ length: BITS }, (_, i) => i);

export function BitsSettingsPanel() {
  return (
    <div className="panel-section">
      <h2>Data</h2>
      <PatternEditor />
      <h2>Noise</h2>
      <WorldChoice name="schedule" words={SCHEDULES} />
      <WorldNumber name="nChain" hint="Number of small noising steps from data to coin flips." />
      <h2>Model</h2>
      <WorldChoice name="loss" words={LOSSES} />
      <WorldNumber name="width" />
      <WorldNumber name="depth" />
      <WorldNumber name="learningRate" />
      <WorldNumber name="batchSize" />
      <WorldNumber name="emaDecay" />
      <WorldNumber name="budgetSteps" />
      <WorldNumber name="seed" />
      <h2>Multiply by r(x)</h2>
      <FactorEditor />
      <WorldNumber
        name="certainty"
        step={0.01}
        hint="c: how surely the chosen bits are on. At ½ r(x) says nothing."
      />
      <h2>View</h2>
      <WorldNumber name="nRows" />
    </div>
  );
}

const flipped = (pattern: string, i: number) =>
  pattern.slice(0, i) + (pattern[i] === '1' ? '0' : '1') + pattern.slice(i + 1);

/** One to eight patterns, bit by bit. */
function PatternEditor() {
  const { set } = useWorld();
  const { patterns } = useWorldSettings<BitsSettings>();
  const change = (next: readonly string[]) => void set({ patterns: next });
  return (
    <WorldSetting of="patterns">
      <div className="pattern-editor">
        {patterns
          .map((pattern, p) => ({ pattern, p, name: `pattern ${p + 1}` }))
          .map(({ pattern, p, name }) => (
            <fieldset key={name} className="bit-row">
              <legend>{`Pattern ${p + 1}`}</legend>
              {indices.map((i) => (
                <button
                  key={i}
                  type="button"
                  className="bit-cell"
                  aria-label={`Bit ${i + 1} of pattern ${p + 1}`}
                  aria-pressed={pattern[i] === '1'}
                  onClick={() => change(patterns.with(p, flipped(pattern, i)))}
                />
              ))}
            </fieldset>
          ))}
        <div className="button-row">
          <Button
            disabled={patterns.length >= MOST_PATTERNS}
            onClick={() => change([...patterns, '0'.repeat(BITS)])}
          >
            Add a pattern
          </Button>
          <Button disabled={patterns.length === 1} onClick={() => change(patterns.slice(0, -1))}>
            Remove the last
          </Button>
          <Button onClick={() => change(HEARTBEAT_PATTERNS)}>Heartbeat</Button>
        </div>
      </div>
    </WorldSetting>
  );
}

/** The bits that r(x) wants on. */
function FactorEditor() {
  const { set } = useWorld();
  const { rBits } = useWorldSettings<BitsSettings>();
  const toggle = (bit: number) =>
    void set({ rBits: rBits.includes(bit) ? rBits.filter((other) => other !== bit) : [...rBits, bit] });
  return (
    <WorldSetting of="rBits">
      <fieldset className="bit-row">
        <legend>Bits that are to be on</legend>
        {indices.map((i) => (
          <button
            key={i}
            type="button"
            className="bit-cell"
            aria-label={`Bit ${i + 1} is to be on`}
            aria-pressed={rBits.includes(i + 1)}
            onClick={() => toggle(i + 1)}
          />
        ))}
      </fieldset>
    </WorldSetting>
  );
}
