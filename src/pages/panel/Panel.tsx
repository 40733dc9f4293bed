import type { PanelId } from '../../experiment/types.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import type { Upload } from '../../ui/useUpload.ts';
import { Boundary } from '../Boundary.tsx';
import { DataPanel } from './DataPanel.tsx';
import { EquationBox } from './EquationBox.tsx';
import { ModelPanel } from './ModelPanel.tsx';
import { NoisePanel } from './NoisePanel.tsx';
import { PanelHead } from './PanelHead.tsx';
import { SamplerPanel } from './SamplerPanel.tsx';
import { ViewPanel } from './ViewPanel.tsx';
import './panel.css';

interface PanelProps {
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  readonly upload: Upload;
  readonly over: boolean;
}

export function Panel({ selected, onSelect, upload, over }: PanelProps) {
  const panel = useField('panel');
  const actions = usePlaygroundActions();
  const stage = { selected, onSelect };
  return (
    <>
      <PanelHead />
      <Tabs<PanelId>
        label="Settings"
        value={panel}
        onChange={(next) => actions.set({ panel: next })}
        tabs={[
          { value: 'data', label: 'Data', content: <DataPanel upload={upload} over={over} /> },
          { value: 'noise', label: 'Noise', content: <NoisePanel /> },
          { value: 'model', label: 'Model', content: <ModelPanel /> },
          { value: 'sampler', label: 'Sampler', content: <SamplerPanel {...stage} /> },
          { value: 'view', label: 'View', content: <ViewPanel {...stage} /> },
        ]}
      />
      <Boundary what="The equation" resetOn={[panel, selected]}>
        <EquationBox selected={selected} />
      </Boundary>
    </>
  );
}
