/** The ways of a condition as a list to choose from. */
export const optionsOf = <W extends string>(
  ways: readonly W[],
  words: { readonly [K in W]: { readonly label: string; readonly summary: string } },
) => ways.map((way) => ({ value: way, label: words[way].label, summary: words[way].summary }));
