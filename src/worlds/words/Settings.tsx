import type { ReactNode } from 'react';
import { WorldChoice, WorldNumber, WorldSetting } from '../../pages/worlds/fields.tsx';
import { useWorld, useWorldSettings } from '../../store/worlds/react.ts';
import { Toggle } from '../../ui/Toggle.tsx';
import { ControlSettings } from './ControlSettings.tsx';
import { controlsOf, METHOD_FACTS } from './methodFacts.ts';
import { CONTROLLED, type WordsSettings } from './settings.ts';
import { words } from './world.ts';

type Words = Readonly<Record<string, { readonly label: string; readonly summary?: string }>>;

const CHOICES: Partial<Record<keyof WordsSettings, Words>> = {
  matrix: {
    absorbing: { label: 'Absorbing', summary: 'Words become [M], a share t/T of them after t steps.' },
    uniform: { label: 'Uniform', summary: 'Words become any word, by the cosine schedule.' },
    neighbours: { label: 'Nearest neighbours', summary: 'Words become words of like contexts first.' },
  },
  order: {
    random: { label: 'Random' },
    'left-to-right': { label: 'Left to right' },
    certain: { label: 'Most certain first' },
  },
  block: Object.fromEntries(
    ['1', '2', '3', '4', '6', '12'].map((size) => [
      size,
      {
        label: `${size}${size === '1' ? ' word (autoregressive)' : size === '12' ? ' words (the whole sentence)' : ' words'}`,
      },
    ]),
  ),
  projection: {
    sampling: { label: 'Sampling (top p)', summary: 'A word is drawn, and its corner taken.' },
    greedy: { label: 'Greedy', summary: 'The most probable word’s corner.' },
    'multi-hot': { label: 'Multi-hot', summary: 'All words that are probable enough, at once.' },
  },
  predicts: {
    x0: { label: 'x₀', summary: 'Where the words’ points are, as Diffusion-LM has it.' },
    noise: { label: 'ε', summary: 'The noise, as DDPM has it.' },
  },
  edits: {
    'birth-death': {
      label: 'Birth and death',
      summary: 'Words die, are replaced and born: exact at every t.',
    },
    source: {
      label: 'As in the source',
      summary: '60 % kept, 20 % replaced, 10 % deleted, 10 % inserted, 10 times.',
    },
  },
  start: {
    noise: { label: 'Noise', summary: 'Words drawn from the unigram table.' },
    draft: { label: 'A draft', summary: 'A true sentence after some edits.' },
    autoregressive: { label: 'An autoregressive draft', summary: 'Each word drawn given the one before it.' },
  },
};

const TOGGLES = ['softmaxInput', 'clamp', 'learnedEmbeddings', 'crossEntropy'] as const;

export function WordsSettingsPanel() {
  const settings = useWorldSettings<WordsSettings>();
  return (
    <div className="panel-section">
      <h2>Method</h2>
      <WorldChoice name="method" words={METHOD_FACTS} />
      {controlsOf(settings).map((name) => (
        <Control key={name} name={name} />
      ))}
      {CONTROLLED.includes(settings.method) && <ControlSettings />}
      <h2>Training</h2>
      <WorldNumber name="budgetSteps" />
      <WorldNumber name="seed" />
      <h2>View</h2>
      <WorldNumber name="rows" />
      <WordsToggle
        name="infill"
        hint="The stages begin with the words of the sentence asked about, and fill its [M]."
      />
    </div>
  );
}

function Control({ name }: { readonly name: keyof WordsSettings }): ReactNode {
  const words = CHOICES[name];
  if (words) return <WorldChoice name={name} words={words} />;
  const toggle = TOGGLES.find((one) => one === name);
  if (toggle) return <WordsToggle name={toggle} />;
  return <WorldNumber name={name} />;
}

interface WordsToggleProps {
  readonly name: (typeof TOGGLES)[number] | 'infill';
  readonly hint?: string;
}

function WordsToggle({ name, hint }: WordsToggleProps) {
  const { set } = useWorld();
  const value = useWorldSettings<WordsSettings>()[name];
  return (
    <WorldSetting of={name}>
      <Toggle
        label={words.fields[name].name}
        value={value}
        onChange={(next) => void set({ [name]: next })}
        {...(hint !== undefined && { hint })}
      />
    </WorldSetting>
  );
}
