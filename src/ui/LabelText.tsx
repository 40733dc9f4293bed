import { createContext, type ReactNode, useContext } from 'react';

/** How the words of a label are shown: the page may put an explanation behind those that have one. */
export const LabelContext = createContext<(label: string) => ReactNode>((label) => label);

/**
 * The words of a control’s label. They may become a button, so no `label` element, which presses its control, may be around them. They
 * may get an explanation later, so they are alone in an element: translators of pages move text.
 */
export function LabelText({ label }: { readonly label: string }) {
  const shown = useContext(LabelContext)(label);
  return typeof shown === 'string' ? <span>{shown}</span> : shown;
}
