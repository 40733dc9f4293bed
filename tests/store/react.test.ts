import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createPlayground } from '../../src/store/playgroundStore.ts';
import {
  PlaygroundProvider,
  useField,
  usePlayground,
  usePlaygroundActions,
  usePlaygroundContext,
} from '../../src/store/react.ts';
import { createFakeEngine } from './fakeEngine.ts';

const playground = createPlayground(createFakeEngine());

function Probe() {
  const phase = usePlayground((state) => state.phase);
  const dataset = useField('dataset');
  const actions = usePlaygroundActions();
  const around = usePlaygroundContext();
  const same = actions === playground.actions && around === playground;
  return createElement('p', null, `${phase} ${dataset} ${same}`);
}

describe('the React binding', () => {
  it('gives components the state, the actions and the playground around them', () => {
    const page = createElement(PlaygroundProvider, { playground }, createElement(Probe));
    expect(renderToString(page)).toBe('<p>starting swiss-roll true</p>');
  });

  it('says what is missing outside of a provider', () => {
    expect(() => renderToString(createElement(Probe))).toThrow('needs a PlaygroundProvider');
  });
});
