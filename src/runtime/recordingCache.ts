import type { Recording, StageQuality } from '../protocol/protocol.ts';

/** Bytes that all recordings of snapshots may take. */
const MOST_BYTES = 64 * 2 ** 20;

/** A recording, and how good its samples are. */
export interface Made {
  readonly recording: Recording;
  readonly quality: StageQuality | null;
}

/** Recordings of snapshots, so that going from one to another need not compute again; the longest unused go first. */
export interface RecordingCache {
  /** A copy, which may be given away. */
  get(step: number, key: string): Made | null;
  has(step: number, key: string): boolean;
  /** Keeps a copy. */
  put(step: number, made: Made): void;
  /** Whether there is room for as much again as the largest takes, without losing another. */
  readonly hasRoom: boolean;
  /** Keeps these keys alone. */
  retain(keys: ReadonlySet<string>): void;
  /** Forgets the steps that are no more. */
  retainSteps(steps: readonly number[]): void;
  clear(): void;
}

interface Entry {
  readonly step: number;
  readonly made: Made;
  readonly bytes: number;
}

export function createRecordingCache(most = MOST_BYTES): RecordingCache {
  const entries = new Map<string, Entry>();
  const nameOf = (step: number, key: string) => `${step} ${key}`;
  const total = () => [...entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const drop = (isGone: (entry: Entry) => boolean) => {
    for (const [name, entry] of entries) if (isGone(entry)) entries.delete(name);
  };
  return {
    get(step, key) {
      const name = nameOf(step, key);
      const found = entries.get(name);
      if (!found) return null;
      entries.delete(name);
      entries.set(name, found);
      return copyOf(found.made);
    },
    has: (step, key) => entries.has(nameOf(step, key)),
    put(step, made) {
      const { key } = made.recording;
      entries.set(nameOf(step, key), { step, made: copyOf(made), bytes: bytesOf(made.recording) });
      while (total() > most) entries.delete(entries.keys().next().value!);
    },
    get hasRoom() {
      const largest = Math.max(0, ...[...entries.values()].map(({ bytes }) => bytes));
      return total() + largest <= most;
    },
    retain: (keys) => drop(({ made }) => !keys.has(made.recording.key)),
    retainSteps: (steps) => drop(({ step }) => !steps.includes(step)),
    clear: () => entries.clear(),
  };
}

const copyOf = ({ recording, quality }: Made): Made => ({ recording: structuredClone(recording), quality });

const bytesOf = (recording: Recording): number =>
  Object.values(recording).reduce(
    (sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0),
    0,
  );
