import type { OpenedTable, TableChoices } from '../../experiment/import/openFile.ts';
import type { SavedExperiment } from '../../store/imports/experimentFile.ts';
import type { OpenedPicture, PictureChoices } from '../../store/imports/openPicture.ts';
import type { Upload } from '../../ui/useUpload.ts';

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
