/** A closed, ordered set of entries of one kind, found by id. */
export interface Registry<Entry extends { readonly id: string }> {
  readonly entries: readonly Entry[];
  has(id: string): boolean;
  /** @throws an Error that lists the ids there are, when `id` is none of them */
  get(id: string): Entry;
}

/** @param kind what the entries are, as error messages call them: "schedule", "sampler" */
export function registry<Entry extends { readonly id: string }>(
  kind: string,
  entries: readonly Entry[],
): Registry<Entry> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  if (byId.size !== entries.length) throw new Error(`Two entries of the ${kind} registry share an id.`);
  return {
    entries,
    has: (id) => byId.has(id),
    get(id) {
      const entry = byId.get(id);
      if (!entry)
        throw new Error(`There is no ${kind} '${id}'; choose one of ${[...byId.keys()].join(', ')}.`);
      return entry;
    },
  };
}
