import '../ui/controls.css';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { createClock } from '../canvas/clock.ts';
import type { Playground } from '../store/playgroundStore.ts';
import { PlaygroundProvider, usePlayground } from '../store/react.ts';
import { Boundary } from './Boundary.tsx';
import { ClockContext } from './clockContext.ts';
import { autoplays } from './embed/options.ts';
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
  useEffect(
    () => followPlayback(playground, clock, !embed || autoplays(location.search)),
    [playground, clock, embed],
  );
  return (
    <PlaygroundProvider playground={playground}>
      <ClockContext value={clock}>
        <Boundary what="This page">
          <ChosenPage embed={embed} />
        </Boundary>
      </ClockContext>
    </PlaygroundProvider>
  );
}

const EmbedPage = lazy(async () => ({ default: (await import('./embed/EmbedPage.tsx')).EmbedPage }));
const WorldPage = lazy(async () => ({ default: (await import('./worlds/WorldPage.tsx')).WorldPage }));

/** Points, or what of the rest was asked for, of which nothing is loaded before. */
function ChosenPage({ embed }: { readonly embed: boolean }) {
  const world = usePlayground(({ config }) => config.world);
  if (world === 'points' && !embed) return <PlaygroundPage />;
  return (
    <Suspense fallback={<p className="boot">Loading…</p>}>
      {world === 'points' ? <EmbedPage /> : <WorldPage key={world} embed={embed} />}
    </Suspense>
  );
}
