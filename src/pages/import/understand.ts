import { readExperiment } from '../../store/imports/experimentFile.ts';
import { openFile } from '../../store/imports/openFile.ts';
import { isPicture, openPicture } from '../../store/imports/openPicture.ts';
import type { ImportChoices, Opened } from './importState.ts';

/** What a file turns out to be, by its content. */
export async function understand(file: File, choices: ImportChoices): Promise<Opened> {
  if (isPicture(file, file.name)) {
    return { kind: 'picture', picture: await openPicture(file, file.name, choices) };
  }
  const saved = await readExperiment(file, file.name);
  if (saved) return { kind: 'experiment', saved };
  return { kind: 'table', table: await openFile(file, file.name, choices) };
}
