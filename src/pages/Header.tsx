import { lazy, type ReactNode, useRef, useState } from 'react';
import type { ThemeChoice } from '../experiment/types.ts';
import type { TrainingPhase } from '../protocol/protocol.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Boundary } from './Boundary.tsx';
import { CompareMenu } from './CompareMenu.tsx';
import { DatasetPicker } from './DatasetPicker.tsx';
import { ExperimentsButton } from './lessons/ExperimentsButton.tsx';
import { LessonBar } from './lessons/LessonBar.tsx';
import { Once } from './Once.tsx';
import { TrainingStatus } from './TrainingStatus.tsx';
import { useMeasuredHeight } from './useMeasuredHeight.ts';
import { WorldSwitch } from './WorldSwitch.tsx';
import './header.css';

const NEXT_THEME: Readonly<Record<ThemeChoice, { theme: ThemeChoice; icon: IconName; label: string }>> = {
  system: { theme: 'dark', icon: 'moon', label: 'Dark theme' },
  light: { theme: 'system', icon: 'system', label: 'Theme as the system' },
  dark: { theme: 'projector', icon: 'projector', label: 'Projector theme' },
  projector: { theme: 'light', icon: 'sun', label: 'Light theme' },
};

const HelpDialog = lazy(async () => ({ default: (await import('./HelpDialog.tsx')).HelpDialog }));
const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog.tsx')).ShareDialog }));

type OpenDialog = 'help' | 'share' | null;

interface HeaderProps {
  /** What is learned, and the buttons of training; those of Points where left out. */
  readonly start?: ReactNode;
  /** How training stands. */
  readonly children?: ReactNode;
}

export function Header({ start = <PointsStart />, children = <TrainingStatus /> }: HeaderProps) {
  const theme = usePlayground(({ config }) => config.theme);
  const panel = usePlayground(({ config }) => config.panel);
  const actions = usePlaygroundActions();
  const root = useRef<HTMLElement>(null);
  useMeasuredHeight(root, '--header-measured');
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const next = NEXT_THEME[theme];
  const close = () => setDialog(null);

  const toggleSettings = () => void actions.set({ panel: panel === 'hidden' ? 'data' : 'hidden' });
  return (
    <header ref={root} className="playground-header">
      <div className="header-row">
        <h1>Diffusion Playground</h1>
        <WorldSwitch />
        <div className="header-group header-start">{start}</div>
        {children}
        <div className="header-group header-end">
          <ExperimentsButton />
          <CompareMenu />
          <IconButton
            label="Settings"
            icon={<Icon name="settings" />}
            pressed={panel !== 'hidden'}
            onClick={toggleSettings}
          />
          <IconButton label="Share or embed" icon={<Icon name="link" />} onClick={() => setDialog('share')} />
          <IconButton
            label={next.label}
            icon={<Icon name={next.icon} />}
            onClick={() => actions.set({ theme: next.theme })}
          />
          <IconButton label="What is this?" icon={<Icon name="help" />} onClick={() => setDialog('help')} />
        </div>
      </div>
      <LessonBar />
      <Boundary what="This dialog" resetOn={[dialog]}>
        <Once when={dialog === 'help'}>
          <HelpDialog open={dialog === 'help'} onClose={close} />
        </Once>
        <Once when={dialog === 'share'}>
          <ShareDialog open={dialog === 'share'} onClose={close} />
        </Once>
      </Boundary>
    </header>
  );
}

function PointsStart() {
  const phase = usePlayground((state) => state.phase);
  const step = usePlayground((state) => state.step);
  const actions = usePlaygroundActions();
  return (
    <>
      <DatasetPicker />
      <TrainButtons
        phase={phase}
        step={step}
        onToggle={() => void actions.toggle()}
        onRestart={() => void actions.restart()}
      />
    </>
  );
}

interface TrainButtonsProps {
  readonly phase: TrainingPhase;
  readonly step: number;
  readonly onToggle: () => void;
  readonly onRestart: () => void;
}

export function TrainButtons({ phase, step, onToggle, onRestart }: TrainButtonsProps) {
  const training = phase === 'training';
  const failed = phase === 'failed';
  const name = failed ? 'Start again' : training ? 'Pause' : step > 0 ? 'Train on' : 'Train';
  const blocked = phase === 'starting' || phase === 'diverged';
  return (
    <>
      <Button
        variant="primary"
        className="train-button"
        aria-label={name}
        icon={<Icon name={training ? 'pause' : 'learn'} />}
        disabled={blocked}
        onClick={onToggle}
      >
        {name}
      </Button>
      <IconButton
        label="Restart training"
        icon={<Icon name="restart" />}
        disabled={phase === 'starting'}
        onClick={onRestart}
      />
    </>
  );
}
