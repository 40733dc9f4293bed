import type { Recording } from '../protocol/protocol.ts';

/**
 * The latest recording of each watched key. Outside the page's state, since recordings are large and change
 * many times a second: stages read them in their animation frame and are told of news by `subscribe`.
 */
export interface Recordings {
  get(key: string): Recording | null;
  /** Whether the recording was made for an experiment that has changed since; it is kept until a fresh one comes. */
  isStale(key: string): boolean;
  /** @returns the unsubscriber */
  subscribe(key: string, listener: () => void): () => void;
  /** Takes in recordings, and then tells of all of them; those that nobody watches are dropped. */
  put(...recordings: readonly Recording[]): void;
  /** Keeps and admits these keys alone. */
  retain(keys: Iterable<string>): void;
  markStale(): void;
  /** Keys held and listeners, for leak tests. */
  counts(): { readonly recordings: number; readonly listeners: number };
}

export function createRecordings(): Recordings {
  const latest = new Map<string, Recording>();
  const stale = new Set<string>();
  const listeners = new Map<string, Set<() => void>>();
  let watched: ReadonlySet<string> = new Set();
  const tell = (key: string) => {
    for (const listener of [...(listeners.get(key) ?? [])]) listener();
  };

  return {
    get: (key) => latest.get(key) ?? null,
    isStale: (key) => stale.has(key),
    subscribe(key, listener) {
      // A wrapper of its own, so that one function subscribed twice is two subscriptions.
      const entry = () => listener();
      const ofKey = listeners.get(key) ?? new Set();
      listeners.set(key, ofKey.add(entry));
      return () => {
        ofKey.delete(entry);
        if (ofKey.size === 0 && listeners.get(key) === ofKey) listeners.delete(key);
      };
    },
    put(...recordings) {
      const wanted = recordings.filter(({ key }) => watched.has(key));
      for (const recording of wanted) {
        latest.set(recording.key, recording);
        stale.delete(recording.key);
      }
      for (const { key } of wanted) tell(key);
    },
    retain(keys) {
      watched = new Set(keys);
      const evicted = [...latest.keys()].filter((key) => !watched.has(key));
      for (const key of evicted) {
        latest.delete(key);
        stale.delete(key);
        tell(key);
      }
    },
    markStale() {
      for (const key of latest.keys()) stale.add(key);
      for (const key of latest.keys()) tell(key);
    },
    counts() {
      const perKey = [...listeners.values()].map((ofKey) => ofKey.size);
      return { recordings: latest.size, listeners: perKey.reduce((sum, size) => sum + size, 0) };
    },
  };
}
