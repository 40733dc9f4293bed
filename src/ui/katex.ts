import type { KatexOptions } from 'katex';

/** KaTeX, once it has been loaded. */
export interface Typesetter {
  /** Replaces what `element` holds by the equation; false when the source cannot be set. */
  set(element: HTMLElement, tex: string, label: string, display: boolean): boolean;
}

const TERM = /^term-[\w-]+$/;

/** Of the commands that write HTML only `\htmlClass`, and of its classes only `term-…`. */
const OPTIONS: KatexOptions = {
  output: 'htmlAndMathml',
  trust: (context) => context.command === '\\htmlClass' && TERM.test(context.class),
  strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
  throwOnError: true,
};

let loading: Promise<Typesetter> | null = null;
let loaded: Typesetter | null = null;

/** KaTeX if it is loaded already, so that a formula needs no placeholder. */
export const loadedKatex = (): Typesetter | null => loaded;

/** Fetches KaTeX and its style sheet, once; a failed download is tried again by the next equation. */
export function loadKatex(): Promise<Typesetter> {
  loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(
    ([{ default: katex }]) => ({
      set(element, tex, label, display) {
        try {
          katex.render(tex, element, { ...OPTIONS, displayMode: display });
        } catch (error) {
          if (error instanceof katex.ParseError) return false;
          throw error;
        }
        element.querySelector('math')?.setAttribute('aria-label', label);
        return true;
      },
    }),
  );
  loading.then(
    (katex) => {
      loaded = katex;
    },
    () => {
      loading = null;
    },
  );
  return loading;
}
