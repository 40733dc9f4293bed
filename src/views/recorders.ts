import type { Experiment } from '../families/family.ts';
import { recorder as density } from './density/record.ts';
import { recorder as forward } from './forward/record.ts';
import type { RecordingRequest } from './index.ts';
import { recorder as oneStep } from './onestep/record.ts';
import type { Recorder, RecordingContext, Steps } from './recorder.ts';
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
  'one-step': oneStep,
};

/** A recorder, for whoever knows neither its requests nor the family of its experiment. */
interface AnyRecorder extends Omit<Recorder<RecordingRequest>, 'record'> {
  record(
    request: RecordingRequest,
    context: Omit<RecordingContext, 'experiment'> & { readonly experiment: Experiment },
  ): Steps;
}

/** The recorder of a request, to be asked about requests of that kind, and experiments of its family, alone. */
export function recorderOf({ kind }: RecordingRequest): AnyRecorder {
  return recorders[kind] as AnyRecorder;
}
