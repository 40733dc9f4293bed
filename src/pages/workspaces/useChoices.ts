import { useMemo } from 'react';
import {
  readTexts,
  type TextFieldsOf,
  unknownLetters,
  withoutTexts,
  writeTexts,
} from '../../experiment/textSettings.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';

/** What is chosen in a comparison, kept in the page's link; and in sentences what a link said that could not be read. */
export function useChoices<S extends object>(fields: TextFieldsOf<S>) {
  const texts = useField('comparison');
  const actions = usePlaygroundActions();
  const { settings, warnings } = useMemo(() => readTexts(fields, texts), [fields, texts]);
  const change = (patch: Partial<S>) =>
    actions.set({
      comparison: { ...withoutTexts(fields, texts), ...writeTexts(fields, { ...settings, ...patch }) },
    });
  const unknown = useMemo(() => unknownLetters(fields, texts, 'This comparison'), [fields, texts]);
  return { choice: settings, change, warnings: [...warnings, ...unknown] };
}
