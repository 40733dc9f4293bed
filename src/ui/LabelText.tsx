import { createContext, type ReactNode, useContext } from 'react';

/** How the words of a label are shown: the page may put an explanation behind those that have one. */
export const LabelContext = createContext<(label: string) => ReactNode>((label) => label);

/** The words of a control’s label. */
export function LabelText({ label }: { readonly label: string }) {
  return useContext(LabelContext)(label);
}
