import type { ReactNode } from 'react';
import type { FieldName } from '../../experiment/field.ts';
import { defaultConfig, field, sameField } from '../../experiment/fields.ts';
import { useField, usePlayground, usePlaygroundActions } from '../../store/react.ts';
import { Changed } from '../../ui/Changed.tsx';

/** The control of a field: marked where it differs from its default; while only basic settings are shown, others are left out unless they differ. */
export function Setting({ of: name, children }: { readonly of: FieldName; readonly children: ReactNode }) {
  const level = useField('level');
  const changed = usePlayground(({ config }) => !sameField(name, config, defaultConfig));
  const actions = usePlaygroundActions();
  const { basic, name: what, default: usual } = field(name);
  if (level === 'basic' && !basic && !changed) return null;
  return (
    <Changed what={what} changed={changed} onReset={() => actions.set({ [name]: usual })}>
      {children}
    </Changed>
  );
}
