/** A boxed equation, or several that belong together. */
export interface Formula {
  readonly title: string;
  readonly lines: readonly {
    /** KaTeX source. */
    readonly tex: string;
    /** The equation read aloud. */
    readonly label: string;
  }[];
}
