import { type Remote, wrap } from 'comlink';
import type { OpenedTable, TableChoices } from '../../experiment/import/openFile.ts';
import { answerOf, resultOf } from './answer.ts';
import type { ImportWorker } from './importWorker.ts';
import { orReaderMissing, ReaderMissing } from './readerMissing.ts';

const IDLE_MS = 30_000;

interface Running {
  readonly worker: Worker;
  readonly reader: Remote<ImportWorker>;
  /** Rejects when the worker cannot be loaded or has died. */
  readonly failed: Promise<never>;
}

let running: Running | null = null;
let idle: ReturnType<typeof setTimeout> | undefined;

/**
 * Opens a file of points away from the page's thread, or on it where there is no worker to be had.
 * @throws PointsFileError in the words that a person reads
 */
export async function openFile(file: Blob, fileName: string, choices: TableChoices): Promise<OpenedTable> {
  clearTimeout(idle);
  try {
    running ??= startWorker();
  } catch {
    return openHere(file, fileName, choices);
  }
  const { reader, failed } = running;
  try {
    return resultOf(await Promise.race([reader.open(file, fileName, choices), failed]));
  } catch (error) {
    if (!(error instanceof ReaderMissing)) throw error;
    endWorker();
    return openHere(file, fileName, choices);
  } finally {
    idle = setTimeout(endWorker, IDLE_MS);
  }
}

function startWorker(): Running {
  const worker = new Worker(new URL('./importWorker.ts', import.meta.url), { type: 'module' });
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = () => reject(new ReaderMissing());
  });
  failed.catch(() => {}); // whoever waits for an answer hears of it
  return { worker, reader: wrap<ImportWorker>(worker), failed };
}

function endWorker(): void {
  running?.worker.terminate();
  running = null;
}

async function openHere(file: Blob, fileName: string, choices: TableChoices): Promise<OpenedTable> {
  const reader = await orReaderMissing(import('../../experiment/import/openFile.ts'));
  const bytes = new Uint8Array(await file.arrayBuffer());
  return resultOf(await answerOf(async () => reader.openTable(bytes, fileName, choices)));
}
