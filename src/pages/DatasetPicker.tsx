import { RadioGroup } from 'radix-ui';
import { lazy, useEffect, useRef, useState } from 'react';
import { readPalette, watchTheme } from '../canvas/palette.ts';
import { idleQueue } from '../charts/idleQueue.ts';
import { CUSTOM_DATASET } from '../experiment/fields.ts';
import { useField, usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Select } from '../ui/Select.tsx';
import { Boundary } from './Boundary.tsx';
import { Once } from './Once.tsx';
import './datasetPicker.css';
import { datasetOptions } from './datasetOptions.ts';
import { drawThumbnail } from './thumbnail.ts';

const DrawDialog = lazy(async () => ({ default: (await import('./DrawDialog.tsx')).DrawDialog }));

interface DatasetPickerProps {
  /** Opens a file of points; no button for one when left out. */
  readonly onOpenFile?: () => void;
  /** As a list, where there is no room for pictures; a style sheet chooses by the room when left out. */
  readonly compact?: boolean;
}

/** What the data are: a picture of each data set, the person's own among them, and ways to bring others. */
export function DatasetPicker({ onOpenFile, compact }: DatasetPickerProps) {
  const chosen = useField('dataset');
  const hasOwn = usePlayground(({ draftPoints, ownData }) => draftPoints.length > 0 || ownData !== null);
  const actions = usePlaygroundActions();
  const [drawing, setDrawing] = useState(false);
  const options = datasetOptions(hasOwn);
  const choose = (id: string) => {
    if (id === CUSTOM_DATASET && !hasOwn) setDrawing(true);
    else actions.setDataset(id);
  };
  const look = compact === undefined ? 'by-room' : compact ? 'list' : 'pictures';
  return (
    <div className="dataset-picker" data-look={look}>
      <div className="dataset-list">
        <Select label="Data set" hideLabel value={chosen} options={options} onChange={choose} />
      </div>
      <Pictures
        chosen={chosen}
        options={options.filter(({ value }) => value !== CUSTOM_DATASET || hasOwn)}
        onChoose={choose}
      />
      <div className="dataset-own">
        <Button
          variant="quiet"
          aria-label="Draw your own…"
          title="Draw your own…"
          icon={<Icon name="pen" />}
          onClick={() => setDrawing(true)}
        >
          Draw your own…
        </Button>
        {onOpenFile && (
          <Button variant="quiet" icon={<Icon name="upload" />} onClick={onOpenFile}>
            Open a file…
          </Button>
        )}
      </div>
      <Boundary what="The drawing pad" resetOn={[drawing]}>
        <Once when={drawing}>
          <DrawDialog open={drawing} onClose={() => setDrawing(false)} />
        </Once>
      </Boundary>
    </div>
  );
}

interface PicturesProps {
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (id: string) => void;
}

/** One of all: arrows choose the next, Tab goes to the chosen one. */
function Pictures({ chosen, options, onChoose }: PicturesProps) {
  return (
    <RadioGroup.Root
      className="dataset-pictures"
      aria-label="Data set"
      orientation="horizontal"
      value={chosen}
      onValueChange={onChoose}
    >
      {options.map(({ value, label }) => (
        <RadioGroup.Item
          key={value}
          className="dataset-picture"
          value={value}
          aria-label={label}
          title={label}
          // Arrow keys move the focus; radix chooses what has it only while the key is still down.
          onFocus={() => value !== chosen && onChoose(value)}
        >
          <Thumbnail id={value} />
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}

function whenInSight(element: Element, act: () => void): IntersectionObserver {
  const sight = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    sight.disconnect();
    act();
  });
  sight.observe(element);
  return sight;
}

/** A few points of a data set, drawn once it is in sight and the page has nothing more urgent to do. */
function Thumbnail({ id }: { readonly id: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const own = usePlayground(({ config, ownData }) => (id === CUSTOM_DATASET ? (ownData ?? config) : null));
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const draw = () => drawThumbnail(element, { id, own }, readPalette(element));
    let takeBack = () => {};
    const drawSoon = () => {
      takeBack = idleQueue.add(draw);
    };
    const stop = watchTheme(draw);
    const sight = typeof IntersectionObserver === 'function' ? whenInSight(element, drawSoon) : null;
    if (sight === null) drawSoon();
    return () => {
      sight?.disconnect();
      takeBack();
      stop();
    };
  }, [id, own]);
  return <canvas ref={canvas} />;
}
