import { experiments } from '../../../lessons/experiments/index.ts';
import { citation, PAPERS, type Paper, type PaperId } from '../../../lessons/papers.ts';
import { type Part, partsOf } from '../../../lessons/richText.ts';
import { Equation } from '../../../ui/Equation.tsx';
import { scrollToStages } from '../motion.ts';
import { Term } from '../Term.tsx';
import { useOpenExperiment } from '../useOpenExperiment.ts';

/** Text with formulas, terms, citations, and links that set the stages. */
export function RichText({ text }: { readonly text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stay in their places
  return partsOf(text).map((part, i) => <Piece key={i} part={part} />);
}

function Piece({ part }: { readonly part: Part }) {
  switch (part.kind) {
    case 'words':
      return <span>{part.text}</span>;
    case 'tex':
      return <Equation tex={part.text} label={part.text} />;
    case 'term':
      return (
        <Term id={part.id}>
          <RichText text={part.text} />
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

interface PaperLinkProps {
  readonly paper: Paper;
  /** The citation itself when left out. */
  readonly children?: string;
}

/** A link to a paper; its citation alone where no copy has a lasting address. */
export function PaperLink({ paper, children = citation(paper) }: PaperLinkProps) {
  if (paper.arxiv === undefined) return <cite title={paper.title}>{children}</cite>;
  return (
    <a href={`https://arxiv.org/abs/${paper.arxiv}`} target="_blank" rel="noopener" title={paper.title}>
      {children}
    </a>
  );
}
