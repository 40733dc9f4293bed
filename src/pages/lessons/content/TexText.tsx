import { type Part, partsOf } from '../../../lessons/richText.ts';
import { Equation } from '../../../ui/Equation.tsx';

/** Words and formulas; of links, their words. */
export function TexText({ text }: { readonly text: string }) {
  return partsOf(text).map((part) => <PlainPiece key={part.at} part={part} />);
}

export function PlainPiece({ part }: { readonly part: Part }) {
  return part.kind === 'tex' ? <Equation tex={part.text} label={part.text} /> : <span>{part.text}</span>;
}
