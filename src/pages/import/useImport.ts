import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImportedSample, OpenedTable, TableChoices } from '../../experiment/import/openFile.ts';
import { PointsFileError } from '../../experiment/import/pointsFileError.ts';
import { readExperiment, type SavedExperiment } from '../../store/imports/experimentFile.ts';
import { openFile, ReaderMissing } from '../../store/imports/openFile.ts';
import {
  isPicture,
  type OpenedPicture,
  openPicture,
  type PictureChoices,
} from '../../store/imports/openPicture.ts';
import { noticeOfLink } from '../../store/notices.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import type { Upload, UploadProblem } from '../../ui/useUpload.ts';

export type ImportChoices = TableChoices & PictureChoices;

/** What a file turned out to be. */
export type Opened =
  | { readonly kind: 'table'; readonly table: OpenedTable }
  | { readonly kind: 'picture'; readonly picture: OpenedPicture }
  | { readonly kind: 'experiment'; readonly saved: SavedExperiment };

/** A file on its way: nothing is replaced before the person has seen what was understood of it. */
export interface ImportState extends Upload {
  readonly fileName: string;
  readonly opened: Opened | null;
  readonly choices: ImportChoices;
  /** Understands the file otherwise. */
  choose(patch: ImportChoices): void;
  confirm(): void;
  cancel(): void;
}

export function useImport(): ImportState {
  const actions = usePlaygroundActions();
  const seed = useField('seed');
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState<ImportChoices>({});
  const [opened, setOpened] = useState<Opened | null>(null);
  const [problem, setProblem] = useState<UploadProblem | null>(null);
  const [reading, setReading] = useState(false);
  // A second file or choice while the first is being read: the later wins.
  const latest = useRef(0);
  const waiting = useRef<File | null>(null);

  const open = async (next: File, chosen: ImportChoices) => {
    latest.current += 1;
    const turn = latest.current;
    setFile(next);
    setChoices(chosen);
    setReading(true);
    waiting.current = null;
    try {
      const found = await understand(next, { seed, ...chosen });
      if (turn !== latest.current) return;
      setOpened(found);
      setProblem(null);
    } catch (error) {
      if (turn !== latest.current) return;
      if (error instanceof ReaderMissing) waiting.current = next;
      setProblem(inWords(error, next.name));
    }
    setReading(false);
  };
  const close = () => {
    latest.current += 1;
    setOpened(null);
    setReading(false);
  };
  // What could not be read without a connection is read when it is back.
  const resume = useEffectEvent(() => {
    if (waiting.current) void open(waiting.current, {});
  });
  useEffect(() => {
    const onOnline = () => resume();
    window.addEventListener('online', onOnline);
    return () => window.removeEventListener('online', onOnline);
  }, []);

  const trainOn = (sample: ImportedSample, fileName: string) => {
    if (!actions.importSample(sample)) return;
    const n = (sample.points.length / 2).toLocaleString('en');
    const advice = sample.notes.join(' ');
    actions.notify({ tone: 'info', message: `Training on the ${n} points of ${fileName}.`, advice });
  };
  const confirm = () => {
    if (!opened || !file) return;
    if (opened.kind === 'experiment') {
      actions.replace(opened.saved.config);
      if (opened.saved.warnings.length > 0) actions.notify(noticeOfLink(opened.saved.warnings));
    } else if (opened.kind === 'picture') trainOn(opened.picture.sample, file.name);
    else if (opened.table.result.ok) trainOn(opened.table.result.sample, file.name);
    close();
  };

  return {
    fileName: file?.name ?? '',
    opened,
    choices,
    problem,
    reading,
    take: (next) => {
      setOpened(null);
      void open(next, {});
    },
    choose: (patch) => {
      if (file) void open(file, { ...choices, ...patch });
    },
    confirm,
    cancel: close,
    dismiss: () => setProblem(null),
  };
}

async function understand(file: File, choices: ImportChoices): Promise<Opened> {
  if (isPicture(file, file.name)) {
    return { kind: 'picture', picture: await openPicture(file, file.name, choices) };
  }
  const saved = await readExperiment(file, file.name);
  if (saved) return { kind: 'experiment', saved };
  return { kind: 'table', table: await openFile(file, file.name, choices) };
}

function inWords(error: unknown, fileName: string): UploadProblem {
  if (error instanceof PointsFileError) return { message: error.message, advice: error.advice };
  return {
    message: `${fileName} could not be read.`,
    advice: 'Look whether it is still there, and give it again.',
  };
}
