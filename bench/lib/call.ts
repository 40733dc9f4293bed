type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

const modules = import.meta.glob<Functions>('./pages/*.ts');

/** A function that a file of the folder pages exports, and what it is called with. */
export type Call = readonly [file: string, name: string, args: readonly unknown[]];

/** @throws Error when there is no such function */
export async function callHere([file, name, args]: Call): Promise<unknown> {
  const body = (await modules[`./pages/${file}.ts`]?.())?.[name];
  if (!body) throw new Error(`bench/lib/pages/${file}.ts has no function "${name}".`);
  return body(...args);
}
