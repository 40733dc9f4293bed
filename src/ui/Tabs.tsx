import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';

export interface TabItem<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly content: ReactNode;
}

interface TabsProps<V extends string> {
  /** What the tabs choose between, spoken. */
  readonly label: string;
  readonly value: V;
  readonly tabs: readonly TabItem<V>[];
  readonly onChange: (value: V) => void;
}

export function Tabs<V extends string>({ label, value, tabs, onChange }: TabsProps<V>) {
  return (
    <RadixTabs.Root
      className="c-tabs"
      value={value}
      onValueChange={(chosen) => {
        const tab = tabs.find((each) => each.value === chosen);
        if (tab) onChange(tab.value);
      }}
    >
      <RadixTabs.List className="c-tab-list" aria-label={label}>
        {tabs.map((tab) => (
          <RadixTabs.Trigger key={tab.value} className="c-tab" value={tab.value}>
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.value} className="c-tab-panel" value={tab.value}>
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
