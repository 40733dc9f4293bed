type Functions = Readonly<Record<string, (...args: unknown[]) => unknown>>;

const modules = import.meta.glob<Functions>('./pages/*.ts');

/** Calls a function that a file of the folder pages exports. @throws Error when there is no such function */
async function call(file: string, name: string, args: readonly unknown[]): Promise<unknown> {
  const body = (await modules[`./pages/${file}.ts`]?.())?.[name];
  if (!body) throw new Error(`bench/lib/pages/${file}.ts has no function "${name}".`);
  return body(...args);
}

declare global {
  interface Window {
    callOnPage: typeof call;
  }
}

window.callOnPage = call;
