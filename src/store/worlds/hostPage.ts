import type { StoreApi } from 'zustand/vanilla';
import type { ConfigPatch } from '../../experiment/patch.ts';
import type { NewNotice } from '../notices.ts';
import type { PlaygroundState } from '../playgroundState.ts';

/** What a world needs of the page that it is in. */
export interface HostPage {
  readonly store: StoreApi<PlaygroundState>;
  readonly actions: {
    set(patch: ConfigPatch): boolean;
    notify(notice: NewNotice): void;
  };
}
