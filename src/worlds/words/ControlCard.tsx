import { ATTRIBUTE_IDS } from '../../core/words/attributes.ts';
import { useWorldRecording, useWorldSettings } from '../../store/worlds/react.ts';
import '../../pages/worlds/worldTable.css';
import { ATTRIBUTE_WORDS } from './attributeWords.ts';
import type { ControlAnswer, ControlRow } from './recordings.ts';
import type { WordsSettings } from './settings.ts';

const LEADERS: Readonly<Record<ControlRow['leader'], string>> = {
  none: 'not led',
  learned: 'learned classifiers',
  exact: 'the exact classifier',
  truth: 'exact sentences',
};

/** What control comes to, by each way. */
export function ControlCard() {
  const { control } = useWorldSettings<WordsSettings>();
  const asked = ATTRIBUTE_IDS.flatMap((id) => {
    const value = control[id];
    if (value === undefined) return [];
    return [`${ATTRIBUTE_WORDS[id].label}: ${ATTRIBUTE_WORDS[id].values[value] ?? value}`];
  });
  return (
    <section className="chart-card words-card" aria-label="Control">
      <h3>
        <span>Control</span>
      </h3>
      <p className="words-note">
        {asked.length === 0
          ? 'Ask for something under Control in the settings: a subject, a length, an object.'
          : `Asked for. ${asked.join('; ')}.`}
      </p>
      {asked.length > 0 && <Comparison />}
    </section>
  );
}

const share = (value: number) => `${(100 * value).toFixed(0)} %`;
const bits = (value: number | null) => (value === null ? '–' : value.toFixed(2));

function Comparison() {
  const recording = useWorldRecording<ControlAnswer | null>('control');
  const answer = recording?.data ?? null;
  if (answer === null) return <p className="words-note">Being measured when training rests…</p>;
  return (
    <>
      <div className="world-table words-control">
        <table>
          <thead>
            <tr>
              <th scope="col">led by</th>
              <th scope="col">as asked</th>
              <th scope="col">valid</th>
              <th scope="col">distinct</th>
              <th scope="col">bits given y</th>
            </tr>
          </thead>
          <tbody>
            {answer.rows.map(({ leader, success, valid, distinct, bitsGiven }) => (
              <tr key={leader}>
                <th scope="row">{LEADERS[leader]}</th>
                <td>{share(success)}</td>
                <td>{share(valid)}</td>
                <td>{distinct}</td>
                <td>{bits(bitsGiven)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="words-note">
        {`${share(answer.share)} of all sentences have y, and H(w | y) = ${answer.entropy.toFixed(2)} bits: fewer bits mean that only the usual ones are said. ${answer.counted} samples each, of the network at step ${recording!.step}.`}
      </p>
    </>
  );
}
