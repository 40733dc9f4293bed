import { recorder as density } from './density/record.ts';
import { recorder as forward } from './forward/record.ts';
import type { RecordingRequest } from './index.ts';
import type { Recorder } from './recorder.ts';
import { recorder as reverse } from './reverse/record.ts';
import { recorder as score } from './score/record.ts';

/** How each kind of stage is recorded: one line each. */
const recorders: {
  readonly [K in RecordingRequest['kind']]: Recorder<Extract<RecordingRequest, { kind: K }>>;
} = {
  forward,
  reverse,
  score,
  density,
};

/** The recorder of a request, to be asked about requests of that kind alone. */
export function recorderOf({ kind }: RecordingRequest): Recorder<RecordingRequest> {
  return recorders[kind] as Recorder<RecordingRequest>;
}
