import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ImportedSample } from '../../experiment/import/openFile.ts';
import { PointsFileError } from '../../experiment/import/pointsFileError.ts';
import { orReaderMissing, ReaderMissing } from '../../store/imports/readerMissing.ts';
import { noticeOfLink } from '../../store/notices.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import type { UploadProblem } from '../../ui/useUpload.ts';
import type { ImportChoices, ImportState, Opened } from './importState.ts';

/** With the first file, together with the dialog that shows what was understood. */
async function loadParts() {
  const [parts] = await Promise.all([import('./understand.ts'), import('./ImportDialog.tsx')]);
  return parts;
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
      const { understand } = await orReaderMissing(loadParts());
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

function inWords(error: unknown, fileName: string): UploadProblem {
  if (error instanceof PointsFileError) return { message: error.message, advice: error.advice };
  return {
    message: `${fileName} could not be read.`,
    advice: 'Look whether it is still there, and give it again.',
  };
}
