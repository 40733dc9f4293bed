/** A stage, which may show a kept run, of its own experiment, in the place of the page's own model. */
export interface ShowsRun {
  /** The run's name; empty for the page's own model. */
  readonly run: string;
}

/** Of a stage's request: whose answers are recorded. */
export interface RunRequest {
  /** A run's name; left out for the page's own model. */
  readonly run?: string;
}

export const runRequest = ({ run }: ShowsRun): RunRequest => (run === '' ? {} : { run });

/** The run of a stage or of a request of any kind; null where it is the page's own model. */
export function runNameOf(of: object): string | null {
  return 'run' in of && typeof of.run === 'string' && of.run !== '' ? of.run : null;
}
