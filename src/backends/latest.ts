/** What was handed out last. @throws Error when nothing was */
export async function latestOf<T>(steps: AsyncIterable<T>): Promise<T> {
  let latest: { readonly value: T } | null = null;
  for await (const value of steps) latest = { value };
  if (!latest) throw new Error('Nothing was handed out.');
  return latest.value;
}
