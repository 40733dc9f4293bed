import { basename } from 'node:path';
import type { Plugin } from 'vite';

/** What the check reads of a chunk. */
export interface Chunk {
  readonly type: 'chunk' | 'asset';
  readonly fileName: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** Sentences that name each chunk by which an entry is imported; empty when none is. */
export function importedEntries(chunks: readonly Chunk[]): string[] {
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  return chunks.flatMap(({ fileName, imports = [], dynamicImports = [] }) =>
    [...imports, ...dynamicImports]
      .filter((name) => entries.has(name))
      .map((name) => `${fileName} imports ${name}, which is an entry.`),
  );
}

/**
 * Names a chunk for each module by the entries that load it at their start, such as "index", or "bench-index" for both.
 * Lazy chunks make no further division: what an entry loads at its start is as few files as can be.
 *
 * @param entries ids
 */
export function sharedNames(
  entries: readonly string[],
  infoOf: (id: string) => { readonly importedIds: readonly string[] } | null,
): Map<string, string> {
  const loadedBy = new Map<string, Set<string>>();
  for (const entry of entries) {
    const name = basename(entry).replace(/\W.*$/, '');
    const open = [...(infoOf(entry)?.importedIds ?? [])];
    const seen = new Set([entry]);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      loadedBy.set(id, (loadedBy.get(id) ?? new Set()).add(name));
      open.push(...(infoOf(id)?.importedIds ?? []));
    }
  }
  return new Map([...loadedBy].map(([id, by]) => [id, [...by].sort().join('-')]));
}

/**
 * Keeps entries out of everybody's imports: WebKit evaluates the entry of a worker a second time when a lazy chunk
 * imports it by its address, and then two workers answer in one. What an entry shares with lazy chunks becomes a chunk
 * of its own; a build in which an entry is imported all the same fails. For the page and, as a plugin of workers, for
 * each of them.
 */
export function entriesApart(): Plugin {
  const entries = new Set<string>();
  const scripts = new Set<string>();
  let names: Map<string, string> | undefined;
  return {
    name: 'entries-apart',
    apply: 'build',
    moduleParsed({ id, isEntry, importedIds }) {
      if (!isEntry) return;
      entries.add(id);
      // A document is the entry of a page, and its scripts are loaded by their addresses as well.
      if (id.endsWith('.html')) for (const script of importedIds) scripts.add(script);
    },
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          {
            tags: ['$initial'],
            // Each module has its name here, and is not to follow the first that imports it.
            includeDependenciesRecursively: false,
            name: (id, modules) => {
              names ??= sharedNames([...entries], (of) => modules.getModuleInfo(of));
              return entries.has(id) || scripts.has(id) ? null : names.get(id);
            },
          },
        ],
      },
    }),
    generateBundle(_, bundle) {
      const found = importedEntries(Object.values(bundle));
      if (found.length > 0) this.error(found.join('\n'));
    },
  };
}
