import { birthDeathProcess } from './birthDeath.ts';
import type { Method } from './method.ts';
import { sourceEditProcess } from './sourceEdits.ts';

export const diffusEr: Method = (settings) =>
  settings.edits === 'source' ? sourceEditProcess() : birthDeathProcess();
