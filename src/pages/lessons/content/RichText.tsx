import { experiments } from '../../../lessons/experiments/index.ts';
import { PAPERS, type PaperId } from '../../../lessons/papers.ts';
import { type Part, partsOf } from '../../../lessons/richText.ts';
import { scrollToStages } from '../motion.ts';
import { Term } from '../Term.tsx';
import { useOpenExperiment } from '../useOpenExperiment.ts';
import { PaperLink } from './PaperLink.tsx';
import { PlainPiece, TexText } from './TexText.tsx';

/** Text with formulas, terms, citations, and links that set the stages. */
export function RichText({ text }: { readonly text: string }) {
  return partsOf(text).map((part) => <Piece key={part.at} part={part} />);
}

function Piece({ part }: { readonly part: Part }) {
  switch (part.kind) {
    case 'words':
    case 'tex':
      return <PlainPiece part={part} />;
    case 'term':
      return (
        <Term id={part.id}>
          <TexText text={part.text} />
        </Term>
      );
    case 'paper':
      return <PaperLink paper={PAPERS[part.id as PaperId]}>{part.text}</PaperLink>;
    case 'experiment':
      return <ExperimentLink id={part.id}>{part.text}</ExperimentLink>;
  }
}

function ExperimentLink({ id, children }: { readonly id: string; readonly children: string }) {
  const open = useOpenExperiment();
  const experiment = experiments.get(id);
  const follow = () => {
    open(experiment);
    scrollToStages();
  };
  return (
    <button
      type="button"
      className="experiment-link"
      title={`Experiment: ${experiment.title}`}
      onClick={follow}
    >
      {children}
    </button>
  );
}
