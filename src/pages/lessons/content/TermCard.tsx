import { termOf } from '../../../lessons/lookUp.ts';
import { PAPERS } from '../../../lessons/papers.ts';
import { Equation } from '../../../ui/Equation.tsx';
import { PaperLink } from './PaperLink.tsx';
import { TexText } from './TexText.tsx';
import './termCard.css';

/** Terms of the glossary, each in plain words, exactly, and with its paper. */
export default function TermCard({ ids }: { readonly ids: readonly string[] }) {
  return ids.map((id) => <Entry key={id} id={id} />);
}

function Entry({ id }: { readonly id: string }) {
  const { term, symbol, plain, exact, paper } = termOf(id);
  return (
    <div className="term-entry">
      <p className="term-name">
        <strong>{term}</strong>
        {symbol && <Equation tex={symbol} label={term} />}
      </p>
      <p>{plain}</p>
      <p className="term-exact">
        <TexText text={exact} />
      </p>
      {paper && (
        <p className="term-paper">
          <PaperLink paper={PAPERS[paper]} />
        </p>
      )}
    </div>
  );
}
