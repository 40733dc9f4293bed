import type { ReactNode } from 'react';
import type { ChoiceCodec, NumberCodec } from '../../experiment/codecs.ts';
import { useWorld, useWorldState } from '../../store/worlds/react.ts';
import { Changed } from '../../ui/Changed.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import type { WorldField } from '../../worlds/world.ts';

type Fields = Readonly<Record<string, WorldField<unknown>>>;

function useWorldField(name: string) {
  const { world, set } = useWorld();
  const field = (world.fields as unknown as Fields)[name]!;
  const value = useWorldState(
    ({ settings }) => (settings as unknown as Readonly<Record<string, unknown>>)[name],
  );
  const changed = field.codec.format(value) !== field.codec.format(field.default);
  return { field, value, changed, change: (next: unknown) => void set({ [name]: next }) };
}

/** A setting marked where it differs from its default. */
export function WorldSetting({ of: name, children }: { readonly of: string; readonly children: ReactNode }) {
  const { field, changed, change } = useWorldField(name);
  return (
    <Changed what={field.name} changed={changed} onReset={() => change(field.default)}>
      {children}
    </Changed>
  );
}

interface WorldNumberProps {
  readonly name: string;
  readonly hint?: string;
  readonly step?: number;
}

/** A number of the world as a slider; range and scale come from its field. */
export function WorldNumber({ name, hint, step }: WorldNumberProps) {
  const { field, value, change } = useWorldField(name);
  const codec = field.codec as NumberCodec;
  const kind = codec.integer ? 'integers' : 'linear';
  const scale = codec.logarithmic ? (codec.integer ? 'log-integers' : 'log') : kind;
  return (
    <WorldSetting of={name}>
      <Slider
        label={field.name}
        value={value as number}
        min={codec.min}
        max={codec.max}
        scale={scale}
        defaultValue={field.default as number}
        onChange={change}
        {...(hint !== undefined && { hint })}
        {...(step !== undefined && { step })}
      />
    </WorldSetting>
  );
}

interface WorldChoiceProps {
  readonly name: string;
  /** Of each choice: what it is called, and one sentence. */
  readonly words: Readonly<Record<string, { readonly label: string; readonly summary?: string }>>;
  readonly hint?: string;
}

/** One of a few, by the choices of its field. */
export function WorldChoice({ name, words, hint }: WorldChoiceProps) {
  const { field, value, change } = useWorldField(name);
  const { choices } = field.codec as ChoiceCodec<string>;
  const options = choices.map((choice) => ({ value: choice, ...(words[choice] ?? { label: choice }) }));
  return (
    <WorldSetting of={name}>
      <Select
        label={field.name}
        value={value as string}
        options={options}
        onChange={change}
        {...(hint !== undefined && { hint })}
      />
    </WorldSetting>
  );
}
