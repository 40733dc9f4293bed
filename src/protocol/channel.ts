import type { EngineEvent, EngineProblem } from './protocol.ts';

/** How the worker's side answers a call: errors as data, because an Error's own fields do not survive the crossing. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: EngineProblem };

/** An event with the run it belongs to: each change of the experiment begins a new one. */
export interface TaggedEvent {
  readonly run: number;
  readonly event: EngineEvent;
}

/** The buffers of an event that move instead of being copied. */
export function transferables(event: EngineEvent): Transferable[] {
  switch (event.type) {
    case 'progress':
      return [event.steps.buffer, event.losses.buffer] as ArrayBuffer[];
    case 'likelihood': {
      const { terms, losses } = event;
      const ofBound =
        terms.kind === 'bound' ? terms.of.flatMap(({ model, exact }) => [model.terms, exact.terms]) : [];
      return [...ofBound, losses.times, losses.model, losses.exact].map(
        (array) => array.buffer as ArrayBuffer,
      );
    }
    case 'recording': {
      const arrays = Object.values(event.recording).filter((value) => ArrayBuffer.isView(value));
      return arrays.map(({ buffer }) => buffer as ArrayBuffer);
    }
    default:
      return [];
  }
}
