import { formatNumber } from '../../../experiment/numberText.ts';
import type { ConditionRow, DrawnMean } from '../../../protocol/conditionStudy.ts';
import { usePlayground } from '../../../store/react.ts';
import type { ReverseStage } from '../stage.ts';
import { useStageDistance } from './useConditionStudy.ts';

export const withError = ({ mean, error }: DrawnMean): string =>
  `${formatNumber(mean, 3)} ± ${formatNumber(error, 3)}`;

/** How far the stage's samples are from what the condition asks for, beside two exact draws. */
export function ConditionReport({ stage }: { readonly stage: ReverseStage }) {
  const state = useStageDistance(stage);
  const learns = usePlayground(({ phase }) => phase === 'training') && stage.denoiser === 'learned';
  if (state === null) return null;
  const { result, done, problem } = state;
  const row = result?.rows[0];
  return (
    <section aria-label="Beside the exact target">
      <p role="status">{statusOf(done, learns, problem)}</p>
      {row && (
        <dl className="condition-numbers" data-measured={done === null}>
          {numbersOf(row, result.logZ).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function statusOf(done: number | null, learns: boolean, problem: string | null): string {
  if (problem !== null) return problem;
  if (done !== null) return `Measuring, ${Math.round(100 * done)} %.`;
  return learns ? 'Measured when the model rests.' : 'Samples beside exact draws:';
}

function numbersOf(row: ConditionRow, logZ: number | null): readonly (readonly [string, string])[] {
  const { distance, perfect, variation, within, guided } = row;
  const what = variation ? 'W₂ along the line' : 'Sliced W₂';
  return [
    [`${what} to the exact target`, withError(distance)],
    ['of two exact draws', withError(perfect)],
    ...(variation
      ? ([
          ['Total variation', withError(variation.own)],
          ['of two exact draws, too', withError(variation.perfect)],
        ] as const)
      : []),
    ...(within === null
      ? []
      : ([['Samples within the outline', `${formatNumber(100 * within, 1)} %`]] as const)),
    ...(guided
      ? ([
          ['Sliced W₂ to p(x|y)', withError(guided.toClass)],
          ['Accuracy, exact p(y|x₀)', `${formatNumber(100 * guided.accuracy, 1)} %`],
          ['Recall of p(x|y)', `${formatNumber(100 * guided.recall, 1)} %`],
        ] as const)
      : []),
    ...(logZ === null ? [] : ([[nameOfLogZ(row), formatNumber(logZ, 3)]] as const)),
  ];
}

function nameOfLogZ({ variation, within }: ConditionRow): string {
  if (variation !== null) return 'ln p of the known value';
  return within === null ? 'ln Z' : 'ln P(within the outline)';
}
