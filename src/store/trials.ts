import type { EngineInfo, Speeds, Trials } from '../protocol/protocol.ts';

/** Where the browser keeps them; of this version of the engines. */
const KEY = 'diffusion-playground-trials-1';

/** The trials of earlier visits; none where nothing can be read. */
export function rememberedTrials(storage: Storage | undefined = stored()): Trials {
  try {
    const read: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(
      Object.entries(read).filter((entry): entry is [string, Speeds] => isSpeeds(entry[1])),
    );
  } catch {
    return {};
  }
}

/** Keeps a trial for the next visit; a browser that keeps nothing tries again then. */
export function rememberTrial(
  { adapter, speeds }: NonNullable<EngineInfo['trial']>,
  storage: Storage | undefined = stored(),
): void {
  try {
    storage?.setItem(KEY, JSON.stringify({ ...rememberedTrials(storage), [adapter]: speeds }));
  } catch {
    // Full, or forbidden.
  }
}

function isSpeeds(value: unknown): value is Speeds {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((speed) => typeof speed === 'number' && speed > 0);
}

/** Private windows and sandboxed frames refuse even to be asked. */
function stored(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
