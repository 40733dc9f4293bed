import { useWorld, useWorldState } from '../../store/worlds/react.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { defaultSettings, writeSettings } from '../../worlds/world.ts';
import { ClosePanel } from '../panel/ClosePanel.tsx';
import '../panel/panel.css';
import '../panel/panelHead.css';
import type { WorldParts } from './parts.ts';

/** The settings of a world. */
export function WorldPanel({ parts: { Settings } }: { readonly parts: WorldParts }) {
  const { world, set } = useWorld();
  const settings = useWorldState((state) => state.settings);
  const changed = Object.keys(writeSettings(world, settings)).length;
  return (
    <>
      <div className="panel-head">
        <strong>{world.name}</strong>
        {changed > 0 && (
          <Button
            variant="quiet"
            icon={<Icon name="undo" />}
            onClick={() => set({ ...defaultSettings(world) })}
          >
            {`Reset all (${changed})`}
          </Button>
        )}
        <ClosePanel />
      </div>
      <div className="panel-scroll">
        <Settings />
      </div>
    </>
  );
}
