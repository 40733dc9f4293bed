import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from './classNames.ts';
import { loadedKatex, loadKatex, type Typesetter } from './katex.ts';

interface EquationProps {
  /** KaTeX source; terms that can light up are written `\htmlClass{term-NAME}{…}`. */
  readonly tex: string;
  /** The equation as one would read it aloud; shown until KaTeX is here, and when it cannot be. */
  readonly label: string;
  /** On a line of its own, in display style. */
  readonly display?: boolean;
  /** Names of the terms to light up. */
  readonly lit?: readonly string[];
}

type Rendering = 'pending' | 'set' | 'failed';

/** An equation set by KaTeX, with MathML for screen readers. */
export function Equation({ tex, label, display = false, lit = [] }: EquationProps) {
  const host = useRef<HTMLSpanElement>(null);
  const [rendering, setRendering] = useState<Rendering>('pending');

  // Before the browser lays it out: what watches the size of the page sees one size only.
  useLayoutEffect(() => {
    let current = true;
    const set = (katex: Typesetter) => {
      if (!current || !host.current) return;
      setRendering(katex.set(host.current, tex, label, display) ? 'set' : 'failed');
    };
    const katex = loadedKatex();
    if (katex) set(katex);
    else loadKatex().then(set, () => current && setRendering('failed'));
    return () => {
      current = false;
    };
  }, [tex, label, display]);

  const names = lit.join(' ');
  // Without dependencies on purpose: whatever was rendered, the right terms are lit.
  useEffect(() => {
    const wanted = new Set(names.split(' ').map((name) => `term-${name}`));
    for (const term of host.current?.querySelectorAll('[class*="term-"]') ?? []) {
      const on = [...term.classList].some((name) => wanted.has(name));
      term.classList.toggle('is-lit', on);
    }
  });

  return (
    <span className={classNames('c-equation', display && 'is-display', `is-${rendering}`)}>
      <span ref={host} hidden={rendering !== 'set'} />
      {rendering !== 'set' && <span className="c-equation-words">{label}</span>}
    </span>
  );
}
