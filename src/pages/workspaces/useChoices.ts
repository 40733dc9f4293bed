import { useMemo } from 'react';
import {
  readTexts,
  type TextFieldsOf,
  unknownLetters,
  withoutTexts,
  writeTexts,
} from '../../experiment/textSettings.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';

/** What the letters of the race and of the table begin with. */
const INITIALS = 'rt';

/** What is chosen in a comparison, kept in the page's link; and in sentences what a link said that could not be read. */
export function useChoices<S extends object>(fields: TextFieldsOf<S>) {
  const texts = useField('comparison');
  const actions = usePlaygroundActions();
  const { settings, warnings } = useMemo(() => readTexts(fields, texts), [fields, texts]);
  const change = (patch: Partial<S>) =>
    actions.set({
      comparison: { ...withoutTexts(fields, texts), ...writeTexts(fields, { ...settings, ...patch }) },
    });
  const unknown = useMemo(() => {
    const [first] = Object.values<TextFieldsOf<S>[keyof S]>(fields);
    const others = INITIALS.replace(first?.key.charAt(0) ?? '', '');
    return unknownLetters(fields, texts, others, 'This comparison');
  }, [fields, texts]);
  return { choice: settings, change, warnings: [...warnings, ...unknown] };
}
