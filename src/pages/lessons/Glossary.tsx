import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { LabelContext } from '../../ui/LabelText.tsx';
import { GlossaryContext, type LookUp } from './glossaryContext.ts';
import { Term } from './Term.tsx';

/** So long after the first picture nobody looks at a label yet. */
const PATIENCE_MS = 1500;

/** Loads the glossary once the page has come to rest, and from then on explains the labels of all controls within. */
export function Glossary({ children }: { readonly children: ReactNode }) {
  const [glossary, setGlossary] = useState<LookUp | null>(null);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      import('../../lessons/lookUp.ts').then(
        (loaded) => current && setGlossary(loaded),
        () => undefined, // Labels stay plain.
      );
    }, PATIENCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, []);
  const labelled = useMemo(
    () => (label: string) => {
      const term = glossary?.termOfLabel(label);
      return term ? <Term id={term.id}>{label}</Term> : label;
    },
    [glossary],
  );
  return (
    <GlossaryContext value={glossary}>
      <LabelContext value={labelled}>{children}</LabelContext>
    </GlossaryContext>
  );
}
