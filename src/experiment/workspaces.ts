/** What a workspace is called, and what to look for in it. */
interface WorkspaceFacts {
  readonly label: string;
  /** One line of the menu. */
  readonly question: string;
  /** One sentence on what to look for. */
  readonly look: string;
}

/** The comparisons of the menu “Compare”, in its order: one line each, and one in `pages/workspaces/index.ts`. */
export const WORKSPACES = {
  race: {
    label: 'Sampler race',
    question: 'Which sampler gets nearest to the data with how many evaluations?',
    look: 'Where a dashed line (the exact answer) still falls, the solver errs; where a whole line stays above it, the network does.',
  },
  budget: {
    label: 'Error budget',
    question: 'Why are these samples not as true draws: the start, the network, or the steps?',
    look: 'The longest part of the bar is what to change first; the others hardly matter before it.',
  },
  'round-trip': {
    label: 'Round trip',
    question: 'Do data that are encoded to noise come back, and in how many steps?',
    look: 'Twice the steps, half the error with DDIM, an eighth with Heun; neighbours in the data mostly stay neighbours in the noise.',
  },
  runs: {
    label: 'Runs',
    question: 'How do models that were trained with different settings differ?',
    look: 'The name says what was changed; look whether loss and distance agree on which run is better.',
  },
  table: {
    label: 'Tables of papers',
    question: 'Does the toy show the order of the numbers in a paper’s table?',
    look: 'Compare along a row or a column; where the exact answer’s number is as high as the network’s, the sampler is to blame.',
  },
} as const satisfies Readonly<Record<string, WorkspaceFacts>>;

export type WorkspaceId = keyof typeof WORKSPACES;

export const workspaceIds = Object.keys(WORKSPACES) as readonly WorkspaceId[];
