import '../ui/controls.css';
import { useEffect, useMemo } from 'react';
import { createClock } from '../canvas/clock.ts';
import type { Playground } from '../store/playgroundStore.ts';
import { PlaygroundProvider } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { ClockContext } from './clockContext.ts';
import { EmbedPage } from './embed/EmbedPage.tsx';
import { PlaygroundPage } from './PlaygroundPage.tsx';
import { followPlayback, PLAYS } from './playback.ts';
import './tokens.css';
import './layout.css';
import { rememberLevel } from './rememberLevel.ts';
import { followTheme } from './theme.ts';

/** The whole page or, for an iframe, its stages and scrubber alone. */
export function App({ playground, embed }: { readonly playground: Playground; readonly embed: boolean }) {
  const clock = useMemo(() => {
    const { time, speed, loop } = playground.store.getState().config;
    return createClock(time === PLAYS ? { speed, loop } : { time, speed, loop });
  }, [playground]);
  useEffect(() => followTheme(playground.store), [playground]);
  useEffect(() => rememberLevel(playground, location.search), [playground]);
  useEffect(() => followPlayback(playground, clock), [playground, clock]);
  return (
    <PlaygroundProvider playground={playground}>
      <ClockContext value={clock}>
        <Boundary what="This page">{embed ? <EmbedPage /> : <PlaygroundPage />}</Boundary>
      </ClockContext>
    </PlaygroundProvider>
  );
}
