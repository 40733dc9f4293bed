import { createContext, useContext } from 'react';

export type LookUp = typeof import('../../lessons/lookUp.ts');

/** The glossary; null until it has been loaded. */
export const GlossaryContext = createContext<LookUp | null>(null);

export const useGlossary = (): LookUp | null => useContext(GlossaryContext);
