import { useState } from 'react';
import { TABLES, tableIds } from '../../../experiment/tables.ts';
import type { TableRequest } from '../../../protocol/studies.ts';
import { type PaperTable, paperTables, TABLE_STEPS, type TableMeasure } from '../../../store/paperTables.ts';
import { usePlayground, usePlaygroundActions } from '../../../store/react.ts';
import { tableCsv, tableSentence } from '../../../store/tableWords.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { Select } from '../../../ui/Select.tsx';
import { StudyBar } from '../StudyBar.tsx';
import { useStudy } from '../useStudy.ts';
import { HeatTable } from './HeatTable.tsx';

const MEASURES = [
  { value: 'w2', label: 'W₂', name: 'Sliced W₂' },
  { value: 'strays', label: 'Strays' },
  { value: 'bits', label: 'Bits' },
] as const;
const LENGTHS = [500, 1000, 3000, 9000];

/** A table of a paper, filled with the toy's numbers, learned and exact in each cell. */
export default function TableWorkspace() {
  const id = usePlayground(({ config }) => config.table);
  const seed = usePlayground(({ config }) => config.seed);
  const actions = usePlaygroundActions();
  const study = useStudy('table');
  const [trainSteps, setTrainSteps] = useState(TABLE_STEPS);
  const [filled, setFilled] = useState<PaperTable | null>(null);
  const table = paperTables[id];
  const [measure, setMeasure] = useState<TableMeasure>(table.measure);
  // What was found belongs to the table that it was asked of.
  const result = filled === table ? (study.progress?.result ?? null) : null;
  const sentence = result && !study.running ? tableSentence(result, table) : null;
  const choose = (next: typeof id) => {
    study.cancel();
    actions.set({ table: next });
    setMeasure(paperTables[next].measure);
  };
  const start = () => {
    const { base, rows, columns, bits } = table;
    const request: TableRequest = {
      ...{ base, rows, columns, bits, trainSteps, seed },
      denoisers: ['learned', 'exact'],
      n: 1000,
    };
    setFilled(table);
    study.start(request);
  };
  return (
    <>
      <div className="workspace-settings">
        <Select
          label="Table"
          value={id}
          options={tableIds.map((each) => ({ value: each, label: TABLES[each].label }))}
          onChange={choose}
        />
        <Select
          label="Training of each model"
          value={String(trainSteps)}
          options={LENGTHS.map((count) => ({ value: String(count), label: `${count} steps` }))}
          onChange={(count) => setTrainSteps(Number(count))}
        />
      </div>
      <StudyBar name="Fill the table" study={study} onStart={start} />
      <p className="workspace-note">{table.note}</p>
      {sentence && <p>{sentence}</p>}
      <div className="table-head">
        <Segmented
          label="Measured by"
          hideLabel
          value={measure}
          options={MEASURES.filter(({ value }) => value !== 'bits' || table.bits)}
          onChange={setMeasure}
        />
        {result && result.cells.length > 0 && (
          <Button onClick={() => download(tableCsv(result, table), `${id}.csv`)}>Download CSV</Button>
        )}
      </div>
      <HeatTable table={table} result={result} measure={measure} />
    </>
  );
}

function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
