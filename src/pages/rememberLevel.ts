import { field } from '../experiment/fields.ts';
import type { Playground } from '../store/playgroundStore.ts';

const KEY = 'diffusion-playground-level';

/**
 * Keeps between visits how many settings the panel shows; a link that says it wins.
 * @param search of the link that was opened
 * @returns how to stop
 */
export function rememberLevel({ store, actions }: Playground, search: string): () => void {
  const named = new URLSearchParams(search).has(field('level').urlKey);
  try {
    if (!named && localStorage.getItem(KEY) === 'all') actions.set({ level: 'all' });
  } catch {
    // Without storage each visit begins with the basic settings.
  }
  return store.subscribe(({ config }, old) => {
    if (config.level === old.config.level) return;
    try {
      localStorage.setItem(KEY, config.level);
    } catch {
      // As above.
    }
  });
}
