import { expose } from 'comlink';
import type { TableChoices } from '../../experiment/import/openFile.ts';
import { openTable } from '../../experiment/import/openFile.ts';
import { answerOf } from './answer.ts';

/** Files are read and parsed here, so that large ones do not stop the page. */
const reader = {
  open: (file: Blob, fileName: string, choices: TableChoices) =>
    answerOf(async () => openTable(new Uint8Array(await file.arrayBuffer()), fileName, choices)),
};

export type ImportWorker = typeof reader;

expose(reader);
