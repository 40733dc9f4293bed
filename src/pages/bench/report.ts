import type { Speed, SpeedOutcome } from '../../protocol/speed.ts';

/** An engine's name, and what came of it. */
export interface SpeedRow {
  readonly name: string;
  readonly outcome: SpeedOutcome;
}

export const COLUMNS = ['steps/s', 'GFLOP/s', 'of peak', 'samples/s'] as const;

/** Three digits: "0.123", "12.3", "12,300". */
export const short = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });

/** What stands below COLUMNS. */
export function cellsOf({ stepsPerSecond, gflops, peakGflops, samplesPerSecond }: Speed): readonly string[] {
  const share = peakGflops === null ? '–' : `${Math.round((100 * gflops) / peakGflops)} %`;
  return [short(stepsPerSecond), short(gflops), share, short(samplesPerSecond)];
}

/** The table as Markdown, below what it was measured on. */
export function reportText(rows: readonly SpeedRow[], heading: string, about: string): string {
  const lines = rows.map(({ name, outcome }) =>
    'missing' in outcome ? [name, outcome.missing, '', '', ''] : [name, ...cellsOf(outcome)],
  );
  const table = [['engine', ...COLUMNS], ['---', '--:', '--:', '--:', '--:'], ...lines];
  return [heading, about, '', ...table.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}
