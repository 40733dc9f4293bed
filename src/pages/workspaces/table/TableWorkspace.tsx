import { useMemo, useState } from 'react';
import { OWN_TABLE, TABLES, type TableId, tableIds } from '../../../experiment/tables.ts';
import type { TableRequest } from '../../../protocol/studies.ts';
import { ownTable, TABLE_FIELDS } from '../../../store/ownTable.ts';
import { type PaperTable, paperTables, type TableMeasure } from '../../../store/paperTables.ts';
import type { PlaygroundState } from '../../../store/playgroundState.ts';
import { usePlayground, usePlaygroundActions, usePlaygroundContext } from '../../../store/react.ts';
import { tableCsv, tableSentence } from '../../../store/tableWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { newStage, type StageConfig, viewOf } from '../../../views/index.ts';
import type { ReverseStage } from '../../../views/reverse/stage.ts';
import { fullPageLink } from '../../links.ts';
import { LinkWarnings } from '../LinkWarnings.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useChoices } from '../useChoices.ts';
import { useStudy } from '../useStudy.ts';
import { AxisField } from './AxisField.tsx';
import { HeatTable } from './HeatTable.tsx';

const MEASURES = [
  { value: 'w2', label: 'W₂', name: 'Sliced W₂' },
  { value: 'strays', label: 'Strays' },
  { value: 'missed', label: 'Missed' },
  { value: 'accuracy', label: 'Accuracy', name: 'Accuracy of the class' },
  { value: 'bits', label: 'Bits' },
] as const;
const LENGTHS = [500, 1000, 3000, 9000];
const CHOICES = [
  ...tableIds.map((each) => ({ value: each, label: TABLES[each].label })),
  { value: OWN_TABLE, label: 'Rows and columns of my own' },
] as const;

/** A table of a paper or of a person's own, filled with the toy's numbers, learned and exact in each cell. */
export default function TableWorkspace() {
  const config = usePlayground((state) => state.config);
  const { table: id, seed } = config;
  const actions = usePlaygroundActions();
  const study = useStudy('table');
  const { choice, change, warnings } = useChoices(TABLE_FIELDS);
  const { rows, columns, trainSteps } = choice;
  const stage = useMemo(() => lastReverse(config.stages), [config.stages]);
  const found = useMemo(
    () => (id === OWN_TABLE ? ownTable({ rows, columns }, stage.settings, config) : paperTables[id]),
    [id, rows, columns, stage, config],
  );
  const { store } = usePlaygroundContext();
  const [filled, setFilled] = useState<PaperTable | null>(null);
  const [about, setAbout] = useState<ReturnType<typeof aboutOf>>({});
  const [wanted, setWanted] = useState<TableMeasure | null>(null);
  const problem = typeof found === 'string' ? found : null;
  const table = typeof found === 'string' ? null : found;
  // What was found belongs to the table that it was asked of.
  const result = table && filled && isSame(filled, table) ? (study.progress?.result ?? null) : null;
  const sentence = table && result && !study.running ? tableSentence(result, table) : null;
  const asksClass =
    table !== null && [table.base, ...table.rows, ...table.columns].some(({ run }) => run?.ofClass);
  const measures = MEASURES.filter(
    ({ value }) => (value !== 'bits' || table?.bits) && (value !== 'accuracy' || asksClass),
  );
  const measure = measures.find(({ value }) => value === wanted)?.value ?? table?.measure ?? 'w2';
  const choose = (next: TableId | typeof OWN_TABLE) => {
    study.cancel();
    actions.set({ table: next });
    setWanted(null);
  };
  const start = () => {
    if (!table) return;
    const { base, rows: asRows, columns: asColumns, bits } = table;
    const request: TableRequest = {
      ...{ base, rows: asRows, columns: asColumns, bits, trainSteps, seed },
      denoisers: ['learned', 'exact'],
      n: 1000,
    };
    setFilled(table);
    setAbout(aboutOf(request, store.getState()));
    study.start(request);
  };
  return (
    <>
      <div className="workspace-settings">
        <Select label="Table" value={id} options={CHOICES} onChange={choose} />
        <Select
          label="Training of each model"
          value={String(trainSteps)}
          options={[...new Set([...LENGTHS, trainSteps])]
            .toSorted((a, b) => a - b)
            .map((count) => ({ value: String(count), label: `${count} steps` }))}
          onChange={(count) => change({ trainSteps: Number(count) })}
        />
      </div>
      {id === OWN_TABLE && (
        <div className="workspace-settings">
          <AxisField label="Rows" axis={rows} onChange={(axis) => change({ rows: axis })} />
          <AxisField label="Columns" axis={columns} onChange={(axis) => change({ columns: axis })} />
        </div>
      )}
      <LinkWarnings warnings={warnings} />
      <StudyBar name="Fill the table" study={study} missing={problem} onStart={start} />
      <p className="workspace-note">{id === OWN_TABLE ? `All else is as ${stage.words}.` : table?.note}</p>
      {sentence && <p>{sentence}</p>}
      {table && (
        <>
          <div className="table-head">
            <Segmented
              label="Measured by"
              hideLabel
              value={measure}
              options={measures}
              onChange={setWanted}
            />
            {result && result.cells.length > 0 && (
              <Button onClick={() => download(tableCsv(result, table, about), `${id}.csv`)}>
                Download CSV
              </Button>
            )}
          </div>
          <HeatTable table={table} result={result} measure={measure} />
        </>
      )}
    </>
  );
}

/** What the file of a table says before its cells. */
function aboutOf(
  { n, seed, trainSteps }: TableRequest,
  { config, step }: Pick<PlaygroundState, 'config' | 'step'>,
): Readonly<Record<string, string | number>> {
  return {
    'data set': config.dataset,
    process: config.process,
    'training of the page’s own model, steps': step,
    'training of each model that a cell needs, steps': trainSteps,
    'samples in a cell': n,
    seed,
    link: fullPageLink(config),
  };
}

/** The settings that a table of one's own begins with, and where they are from. */
function lastReverse(stages: readonly StageConfig[]): {
  readonly settings: ReverseStage;
  readonly words: string;
} {
  const index = stages.findLastIndex(({ kind }) => kind === 'reverse');
  const stage = stages[index];
  if (stage?.kind !== 'reverse')
    return { settings: { ...newStage.reverse, id: 0 }, words: 'on a new reverse stage' };
  return { settings: stage, words: `on stage ${index + 1}, ${viewOf(stage).text(stage, 1000).title}` };
}

const isSame = (a: PaperTable, b: PaperTable): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
