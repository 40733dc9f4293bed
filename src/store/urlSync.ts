import { changedFields, field } from '../experiment/fields.ts';
import type { ExperimentConfig } from '../experiment/types.ts';
import { EXPERIMENT_KEY, encodeConfig, reservedPart } from '../experiment/url.ts';
import { isAtHand, type LinkReading, readLink, readLinkAtHand } from './link.ts';
import { noticeOfLink } from './notices.ts';
import type { PlaygroundState } from './playgroundState.ts';
import type { Playground } from './playgroundStore.ts';

/** Links are written when changes have paused for this long: browsers refuse more than a few writes a second. */
const QUIET_MS = 300;

/** The part of `window` that links need. */
export type LinkWindow = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  readonly location: Pick<Location, 'search' | 'pathname' | 'hash'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
};

/**
 * Keeps the address bar equal to the experiment, both ways. Choices (data set, stages, schedule, …) make an entry
 * in the history to go back to; sliders and the look of the page change the entry in place.
 * @returns the uninstaller, which writes what is left to write
 */
export function syncUrl(playground: Playground, page: LinkWindow = window): () => void {
  const { store, actions } = playground;
  let written = store.getState().config;
  let named = store.getState().experiment;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The address that is being read, which must stay until it is followed; null where none is. */
  let awaited: string | null = null;

  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const { config, experiment } = store.getState();
    const href = linkTo(config, page.location, experiment?.id);
    const changed = changedFields(written, config);
    const isSame = changed.length === 0 && experiment === named;
    written = config;
    named = experiment;
    if (isSame) return;
    try {
      if (changed.some(isChoice)) page.history.pushState(null, '', href);
      else page.history.replaceState(null, '', href);
    } catch {
      // Some frames and addresses may not be written; the dialog for sharing has the link all the same.
    }
  };
  const onChange = ({ config, experiment }: PlaygroundState, old: PlaygroundState) => {
    if (config === old.config && experiment === old.experiment) return;
    if (experiment === old.experiment && changedFields(old.config, config).length === 0) return;
    clearTimeout(timer);
    // What is changed while a link is read gives way to it.
    if (awaited === null) timer = setTimeout(write, QUIET_MS);
  };
  const onPopState = () => {
    const { search } = page.location;
    // What waits to be written is of the address that was left.
    clearTimeout(timer);
    timer = undefined;
    awaited = null;
    if (isAtHand(search)) follow(readLinkAtHand(search));
    else {
      awaited = search;
      void readLink(search)
        .then((reading) => {
          if (awaited === search) follow(reading);
        })
        .finally(() => {
          if (awaited === search) awaited = null;
        });
    }
  };
  const follow = ({ config, experiment, warnings }: LinkReading) => {
    actions.replace(config, experiment);
    clearTimeout(timer);
    timer = undefined;
    written = config;
    named = experiment;
    if (warnings.length > 0) actions.notify(noticeOfLink(warnings));
  };

  const unsubscribe = store.subscribe(onChange);
  page.addEventListener('popstate', onPopState);
  return () => {
    if (timer !== undefined) write();
    unsubscribe();
    page.removeEventListener('popstate', onPopState);
  };
}

/** The address of an experiment on this page, with the page's own keys kept. */
export function linkTo(
  config: ExperimentConfig,
  { pathname, search, hash }: LinkWindow['location'],
  experiment?: string,
): string {
  const named = experiment === undefined ? '' : `${EXPERIMENT_KEY}=${experiment}`;
  const query = [reservedPart(search), named, encodeConfig(config)].filter((part) => part !== '').join('&');
  // Two slashes would begin the name of a host.
  const path = pathname.replace(/^\/\//, '/.//');
  return `${path}${query === '' ? '' : `?${query}`}${hash}`;
}

/** Fields that are chosen rather than slid, and change what is computed. */
function isChoice(name: keyof ExperimentConfig): boolean {
  const { codec, pageOnly } = field(name);
  return !('logarithmic' in codec) && pageOnly !== true;
}
