import { integerCodec, numberCodec } from '../experiment/codecs.ts';
import type { Formula } from '../experiment/formula.ts';
import { MAX_CLASSES } from '../experiment/pointsTableCodec.ts';
import type { AskedClass, Conflict, Part, Surroundings } from './types.ts';

/** The settings of a stage that may ask for a class. */
export const ASKED_CLASS = {
  ofClass: { name: 'class', codec: integerCodec(0, MAX_CLASSES), fallback: 0, word: 'class' },
  guidance: { name: 'guidance w', codec: numberCodec(-1, 5, { decimals: 2 }), fallback: 0, word: 'guidance' },
} as const satisfies { readonly [K in keyof AskedClass]: Part<AskedClass[K]> };

/** The class that a stage asks for, or any where that class is not taught. */
export function agreedClass(
  { ofClass }: Pick<AskedClass, 'ofClass'>,
  { nClasses }: Surroundings,
  warn: (message: string) => void,
): number {
  if (ofClass <= nClasses) return ofClass;
  if (nClasses === 0) warn('no class is taught; using any.');
  else warn(`class ${ofClass} is above ${nClasses}; using any.`);
  return 0;
}

/** A stage that asks for nothing else which it must agree on; the same object when it does already. */
export function agreeOnClass<S extends Pick<AskedClass, 'ofClass'>>(
  stage: S,
  around: Surroundings,
  warn: (message: string) => void,
): S {
  const ofClass = agreedClass(stage, around, warn);
  return stage.ofClass === ofClass ? stage : { ...stage, ofClass };
}

export function classConflict(
  { ofClass }: Pick<AskedClass, 'ofClass'>,
  { nClasses }: Surroundings,
): Conflict | null {
  if (ofClass <= nClasses) return null;
  const [problem, allowed] =
    nClasses === 0
      ? ['and no class is taught', '0, or any class with conditional: true']
      : [`and the data have ${nClasses} classes`, `a whole number from 0 (any) to ${nClasses}`];
  return { setting: 'ofClass', problem: `= ${ofClass}, ${problem}`, allowed };
}

/** The class as a part of what is asked of the engine; nothing for any. */
export function classRequest({ ofClass, guidance }: AskedClass): Partial<AskedClass> {
  return { ...(ofClass > 0 && { ofClass }), ...(ofClass > 0 && guidance !== 0 && { guidance }) };
}

/** "class 2", "w = 1.5" */
export function classTexts({ ofClass, guidance }: AskedClass): readonly string[] {
  if (ofClass === 0) return [];
  return guidance === 0 ? [`class ${ofClass}`] : [`class ${ofClass}`, `w = ${guidance}`];
}

const GUIDANCE = {
  tex: String.raw`\tilde\varepsilon = (1+w)\,\varepsilon_\theta(x_t, y) - w\,\varepsilon_\theta(x_t)`,
  label:
    'the guided noise is one plus w times the noise predicted for the class minus w times that for any class',
};

/** The formula of a stage, with that of its guidance where it has any (Ho & Salimans 2022, Eq. 6). */
export function withGuidance(formula: Formula, { ofClass, guidance }: AskedClass): Formula {
  if (ofClass === 0 || guidance === 0) return formula;
  return { ...formula, lines: [...formula.lines, GUIDANCE] };
}
