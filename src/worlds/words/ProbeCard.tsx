import { type CSSProperties, useState } from 'react';
import { MASK, SYMBOLS, sentenceOf, V, WORDS } from '../../core/words/language.ts';
import { useWorld, useWorldRecording, useWorldSettings } from '../../store/worlds/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { METHOD_FACTS } from './methodFacts.ts';
import type { ProbeAnswer } from './recordings.ts';
import { hasMasks, type WordsSettings } from './settings.ts';
import { hueOf } from './wordColours.ts';

const OPTIONS = SYMBOLS.map((text, value) => ({
  value: String(value),
  label: value === 0 ? '· (after the end)' : text,
}));

/** What can be asked of every method. */
const WHOLE = 'the cat near the big dogs sleeps';

const HALF_WAY = 'The words are those of t = ½, half-way into the noise: each may have been another.';

/** A sentence that is asked about, chip by chip: what stands at a position, by the network and exactly. */
export function ProbeCard() {
  const { set } = useWorld();
  const settings = useWorldSettings<WordsSettings>();
  const { probe, method } = settings;
  const masks = hasMasks(method);
  const answer = useWorldRecording<ProbeAnswer>('probe')?.data ?? null;
  const [chosen, choose] = useState(Math.max(0, probe.indexOf(MASK)));
  const put = (i: number, symbol: number) => {
    choose(i);
    void set({ probe: probe.with(i, symbol) });
  };
  /** The words that stood where masks are now, so that a second click brings them back. */
  const [hidden, remember] = useState<Readonly<Record<number, number>>>({});
  const toggle = (i: number) => {
    const symbol = probe[i]!;
    if (symbol === MASK) return put(i, hidden[i] ?? mostProbable(answer?.learned ?? null, i));
    remember({ ...hidden, [i]: symbol });
    put(i, MASK);
  };
  return (
    <section className="chart-card words-card" aria-label="Ask about a sentence">
      <h3>
        <span>Ask about a sentence</span>
      </h3>
      <p className="words-note">
        <span>
          {masks
            ? 'A click masks a word, another brings it back; the list fixes any.'
            : 'What this method makes of a sentence. Choose a position, and another word in the list.'}
        </span>
        {METHOD_FACTS[method].noisesWords?.(settings) && <span>{` ${HALF_WAY}`}</span>}
      </p>
      <div className="words-chips">
        {probe
          .map((symbol, i) => ({ symbol, i, name: `position ${i + 1}` }))
          .map(({ symbol, i, name }) => (
            <button
              key={name}
              type="button"
              className="words-chip"
              data-masked={symbol === MASK}
              data-chosen={i === chosen}
              style={{ '--hue': symbol === MASK ? 0 : hueOf(symbol) } as CSSProperties}
              aria-label={`${SYMBOLS[symbol]}, ${name}${masks ? `: ${symbol === MASK ? 'bring a word back' : 'mask it'}` : ''}`}
              onClick={() => (masks ? toggle(i) : choose(i))}
            >
              <span>{SYMBOLS[symbol]}</span>
            </button>
          ))}
      </div>
      <Select
        label={`Position ${chosen + 1}`}
        value={String(probe[chosen])}
        options={OPTIONS}
        onChange={(value) => put(chosen, Number(value))}
      />
      {answer?.message ? (
        <>
          <p className="words-note">{answer.message}</p>
          <div className="button-row">
            <Button
              onClick={() => void set({ probe: [...sentenceOf(WHOLE)] })}
            >{`Ask about “${WHOLE}”`}</Button>
          </div>
        </>
      ) : (
        <Distribution answer={answer} position={chosen} />
      )}
    </section>
  );
}

function mostProbable(p: Float64Array | null, i: number): number {
  if (p === null) return 0;
  const row = p.subarray(i * V, (i + 1) * V);
  return row.indexOf(Math.max(...row));
}

interface DistributionProps {
  readonly answer: ProbeAnswer | null;
  readonly position: number;
}

/** Learned and exact, as bars with their numbers: the words of at least 1 %. */
function Distribution({ answer, position }: DistributionProps) {
  const of = (p: Float64Array | null, v: number) => p?.[position * V + v] ?? 0;
  const shown = WORDS.map((text, v) => ({
    text,
    learned: of(answer?.learned ?? null, v),
    exact: of(answer?.exact ?? null, v),
  })).filter(({ learned, exact }) => Math.max(learned, exact) >= 0.01);
  return (
    <table className="words-bars">
      <thead>
        <tr>
          <th scope="col">word</th>
          <th scope="col">learned</th>
          <th scope="col">exact</th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ text, learned, exact }) => (
          <tr key={text}>
            <th scope="row">{text}</th>
            <Bar share={learned} kind="learned" />
            <Bar share={exact} kind="exact" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ share, kind }: { readonly share: number; readonly kind: 'learned' | 'exact' }) {
  return (
    <td className="words-bar" data-kind={kind} style={{ '--share': share } as CSSProperties}>
      <span>{`${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`}</span>
    </td>
  );
}
