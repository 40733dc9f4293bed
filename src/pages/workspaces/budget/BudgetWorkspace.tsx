import { useState } from 'react';
import { type BudgetAdvice, budgetAdvice } from '../../../store/budgetAdvice.ts';
import { budgetStage } from '../../../store/budgetStage.ts';
import { usePlayground, usePlaygroundActions } from '../../../store/react.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Select.tsx';
import { viewOf } from '../../../views/index.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import { StudyBar } from '../StudyBar.tsx';
import { useStudy } from '../useStudy.ts';
import { BudgetBar } from './BudgetBar.tsx';

const ASKED = { n: 1000, draws: 4, seed: 1 };

/** Why a stage's samples are not as true draws: which part is to blame, and what helps. */
export default function BudgetWorkspace() {
  const config = usePlayground((state) => state.config);
  const actions = usePlaygroundActions();
  const study = useStudy('budget');
  const offered = config.stages.flatMap((stage, index) =>
    stage.kind === 'reverse' && stage.denoiser === 'learned' && stage.run === '' ? [{ stage, index }] : [],
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const [asked, setAsked] = useState<ReverseStage | null>(null);
  const found = offered.find(({ stage }) => stage.id === chosen) ?? offered.at(-1);
  const result = study.progress?.result ?? null;
  const advice = result && asked && budgetAdvice(result, asked, config);
  const start = () => {
    if (!found) return;
    setAsked(found.stage);
    study.start({ stage: budgetStage(found.stage, config.nChain), ...ASKED });
  };
  const act = (wanted: NonNullable<BudgetAdvice['act']>) => {
    if ('trains' in wanted) return void actions.train();
    if ('config' in wanted) return void actions.set(wanted.config);
    const index = config.stages.findIndex(({ id }) => id === asked?.id);
    if (index >= 0) actions.changeStage(index, wanted.stage);
  };
  return (
    <>
      {found && (
        <div className="workspace-settings">
          <Select
            label="Stage"
            value={String(found.stage.id)}
            options={offered.map(({ stage, index }) => {
              const { title, subtitle } = viewOf(stage).text(stage, config.nChain);
              return { value: String(stage.id), label: `${index + 1}: ${[title, ...subtitle].join(', ')}` };
            })}
            onChange={(id) => setChosen(Number(id))}
          />
        </div>
      )}
      <StudyBar
        name="Measure the budget"
        study={study}
        missing={found ? null : 'Add a reverse stage that samples with the network.'}
        onStart={start}
      />
      {result && (
        <BudgetBar
          result={result}
          step={study.step}
          ofClass={asked?.ofClass ?? 0}
          conditioned={asked !== null && asked.condition !== null}
        />
      )}
      {advice && !study.running && (
        <p className="budget-advice">
          <span>{advice.sentence}</span>
          {advice.act && (
            <Button onClick={() => advice.act && act(advice.act)}>{`Try it: ${advice.act.label}`}</Button>
          )}
        </p>
      )}
    </>
  );
}
