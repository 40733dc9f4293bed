import { citation, type Paper } from '../../../lessons/papers.ts';

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
