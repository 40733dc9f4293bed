/** What the smoke test asks of a browser, whatever drives it. */
export interface Browser {
  goto(address: string): Promise<void>;
  /** Runs a function in the page and waits for its answer. It crosses as text, so it may use nothing from outside. */
  run<A, R>(body: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** What the browser itself said of errors since the last call, where its driver tells. */
  errors(): string[];
  close(): Promise<void>;
}

/** The call of such a function as an expression of the page. */
export function asExpression<A, R>(body: (argument: A) => R | Promise<R>, argument: A): string {
  return `(${body})(${JSON.stringify(argument) ?? ''})`;
}
