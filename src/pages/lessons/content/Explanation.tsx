import { EXPLANATION } from '../../../lessons/explanation.ts';
import { partsOf } from '../../../lessons/richText.ts';
import { Equation } from '../../../ui/Equation.tsx';
import { RichText } from './RichText.tsx';
import './explanation.css';

/** The text below the stages. */
export default function Explanation() {
  return (
    <section className="explanation" aria-label="How diffusion models work">
      <h2>How diffusion models work</h2>
      <p className="explanation-hint">
        <span className="experiment-link">Words like these</span> set the stages above;{' '}
        <span className="term">words like these</span> explain themselves.
      </p>
      {EXPLANATION.map(({ title, paragraphs }) => (
        <section key={title}>
          <h3>{title}</h3>
          {paragraphs.map((text) => (
            <Paragraph key={text} text={text} />
          ))}
        </section>
      ))}
    </section>
  );
}

function Paragraph({ text }: { readonly text: string }) {
  const [first, ...rest] = partsOf(text);
  if (first?.kind === 'tex' && rest.length === 0) {
    return <Equation tex={first.text} label={first.text} display />;
  }
  return (
    <p>
      <RichText text={text} />
    </p>
  );
}
