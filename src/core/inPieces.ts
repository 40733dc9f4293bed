/** A long computation that stops for a moment now and then; it ends with its answer. */
export type InPieces<A> = Generator<undefined, A, void>;

/** The answer, without a pause. */
export function allAtOnce<A>(work: Generator<unknown, A, void>): A {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * One computation for everyone who asks for its answer: whoever comes next carries it on, and all hear how far it is.
 * @returns begins to follow it; throws what the computation throws, whenever it is asked again
 */
export function shared<Piece, A>(work: Generator<Piece, A, void>): () => Generator<Piece, A, void> {
  let last: IteratorResult<Piece, A> | null = null;
  let failure: { readonly error: unknown } | null = null;
  function carryOn(): IteratorResult<Piece, A> {
    try {
      return work.next();
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  return function* () {
    while (!last?.done) {
      if (failure) throw failure.error;
      last = carryOn();
      if (!last.done) yield last.value;
    }
    return last.value;
  };
}
