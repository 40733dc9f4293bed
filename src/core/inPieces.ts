/** A long computation that stops for a moment now and then; it ends with its answer. */
export type InPieces<A> = Generator<undefined, A, void>;

/** The answer, without a pause. */
export function allAtOnce<A>(work: Generator<unknown, A, void>): A {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
