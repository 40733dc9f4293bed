import { type Control, contains, subjectIs } from '../../core/words/control.ts';
import { WORDS } from '../../core/words/language.ts';
import type { ControlId } from './settings.ts';

/** What sentences can be asked to have. @throws RangeError for `none`, which asks for nothing */
export function controlOf(id: ControlId): Control {
  switch (id) {
    case 'singular':
    case 'plural':
      return subjectIs(id);
    case 'near':
    case 'dog':
      return contains(WORDS.indexOf(id));
    case 'none':
      throw new RangeError('There is no control to follow.');
  }
}
