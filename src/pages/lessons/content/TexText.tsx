import { type Part, partsOf } from '../../../lessons/richText.ts';
import { Equation } from '../../../ui/Equation.tsx';

/** Words and formulas; of links, their words. */
export function TexText({ text }: { readonly text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stay in their places
  return partsOf(text).map((part, i) => <PlainPiece key={i} part={part} />);
}

export function PlainPiece({ part }: { readonly part: Part }) {
  return part.kind === 'tex' ? <Equation tex={part.text} label={part.text} /> : <span>{part.text}</span>;
}
