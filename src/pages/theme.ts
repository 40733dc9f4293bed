import type { StoreApi } from 'zustand/vanilla';
import type { ThemeChoice } from '../experiment/types.ts';
import type { PlaygroundState } from '../store/playgroundState.ts';

/** Keeps `data-theme` on the root element equal to the choice, and 'system' to the system. @returns how to stop */
export function followTheme(store: StoreApi<PlaygroundState>): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = resolved(store.getState().config.theme, dark.matches);
  };
  apply();
  const unsubscribe = store.subscribe((state, old) => {
    if (state.config.theme !== old.config.theme) apply();
  });
  dark.addEventListener('change', apply);
  return () => {
    unsubscribe();
    dark.removeEventListener('change', apply);
  };
}

/** The same where nobody can choose. */
export function followSystemTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = resolved('system', dark.matches);
  };
  apply();
  dark.addEventListener('change', apply);
}

function resolved(choice: ThemeChoice, systemIsDark: boolean): Exclude<ThemeChoice, 'system'> {
  if (choice !== 'system') return choice;
  return systemIsDark ? 'dark' : 'light';
}
