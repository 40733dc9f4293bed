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
 * Keeps entries out of everybody's imports: WebKit evaluates the entry of a worker a second time when a lazy chunk
 * imports it by its address, and then two workers answer in one. What an entry shares with lazy chunks becomes a chunk
 * of its own; a build in which an entry is imported all the same fails. For the page and, as a plugin of workers, for
 * each of them.
 */
export function entriesApart(): Plugin {
  const entries = new Set<string>();
  return {
    name: 'entries-apart',
    apply: 'build',
    moduleParsed({ id, isEntry, importedIds }) {
      if (!isEntry) return;
      entries.add(id);
      // A document is the entry of a page, and its scripts are loaded by their addresses as well.
      if (id.endsWith('.html')) for (const script of importedIds) entries.add(script);
    },
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [{ name: 'shared', tags: ['$initial'], test: (id) => !entries.has(id), entriesAware: true }],
      },
    }),
    generateBundle(_, bundle) {
      const found = importedEntries(Object.values(bundle));
      if (found.length > 0) this.error(found.join('\n'));
    },
  };
}
