import { type RefObject, Suspense, useEffect, useRef } from 'react';
import { WORKSPACES, type WorkspaceId } from '../../experiment/workspaces.ts';
import { usePlaygroundActions } from '../../store/react.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Boundary } from '../Boundary.tsx';
import { Explain } from '../lessons/Explain.tsx';
import { workspaces } from './index.ts';
import './workspaces.css';

/** A comparison in the place of the charts, with one sentence on what to look for. */
export function Workspace({ id }: { readonly id: WorkspaceId }) {
  const { label, look, question } = WORKSPACES[id];
  const actions = usePlaygroundActions();
  const root = useRef<HTMLElement>(null);
  const Content = workspaces[id];
  return (
    <section ref={root} className="workspace" aria-label={label}>
      <header className="workspace-header">
        <h2>{label}</h2>
        <Explain subject={label} text={`${label} ${look}`} about={question} />
        <IconButton
          className="workspace-close"
          label="Back to the charts"
          icon={<Icon name="close" />}
          onClick={() => actions.set({ compare: 'none' })}
        />
        <p className="workspace-look">{look}</p>
      </header>
      <Boundary what={`The comparison “${label}”`} resetOn={[id]}>
        <Suspense fallback={<p className="workspace-note">Loading the comparison…</p>}>
          <Content />
          <BroughtIntoView root={root} />
        </Suspense>
      </Boundary>
    </section>
  );
}

/** Whoever has just opened a comparison reads on there, as soon as it is whole; whoever came by a link starts at the top of the page. */
function BroughtIntoView({ root }: { readonly root: RefObject<HTMLElement | null> }) {
  useEffect(() => {
    if (document.activeElement !== document.body) root.current?.scrollIntoView({ block: 'nearest' });
  }, [root]);
  return null;
}
