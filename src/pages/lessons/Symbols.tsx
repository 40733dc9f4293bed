import { useMemo, useSyncExternalStore } from 'react';
import type { FoundSymbol } from '../../lessons/lookUp.ts';
import { Equation } from '../../ui/Equation.tsx';
import type { StageConfig } from '../../views/index.ts';
import { useClock } from '../clockContext.ts';
import { useShownNoise } from '../useShownNoise.ts';
import { useGlossary } from './glossaryContext.ts';
import { momentValues, valueText } from './momentValues.ts';
import { Term } from './Term.tsx';

interface SymbolsProps {
  /** KaTeX source of the formulas. */
  readonly tex: string;
  /** The stage whose settings they are about. */
  readonly stage: StageConfig | undefined;
}

/** What each symbol of a formula is and, where it has one, its value at this moment. */
export function Symbols({ tex, stage }: SymbolsProps) {
  const glossary = useGlossary();
  const symbols = useMemo(
    () => (glossary?.symbolsIn(tex) ?? []).filter(({ term }) => term !== null),
    [glossary, tex],
  );
  return symbols.length === 0 ? null : (
    <SymbolList symbols={symbols} inSteps={tex.includes('\\bar\\alpha')} stage={stage} />
  );
}

interface SymbolListProps extends Pick<SymbolsProps, 'stage'> {
  readonly symbols: readonly FoundSymbol[];
  readonly inSteps: boolean;
}

function SymbolList({ symbols, inSteps, stage }: SymbolListProps) {
  const clock = useClock();
  const time = useSyncExternalStore(clock.subscribe, () => Math.round(clock.time * 100) / 100);
  const { config } = useShownNoise();
  const valuesAt = useMemo(() => momentValues(config, stage, inSteps), [config, stage, inSteps]);
  const values = valuesAt(time);
  return (
    <ul className="symbol-list" aria-label="Symbols">
      {symbols.map(({ tex, term }) => {
        const { id, term: name, symbol = tex } = term!;
        const value = values[id];
        return (
          <li key={id}>
            <Equation tex={symbol} label={name} />
            {value !== undefined && <span className="symbol-value">{`= ${valueText(value)}`}</span>}
            <Term id={id}>{name}</Term>
          </li>
        );
      })}
    </ul>
  );
}
