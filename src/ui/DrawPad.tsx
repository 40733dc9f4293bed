import { useState } from 'react';
import { Button } from './Button.tsx';
import { DrawSurface, type DrawTool } from './DrawSurface.tsx';
import { type Brush, countText, type Points } from './drawing.ts';
import { Icon } from './icons.tsx';
import { Segmented } from './Segmented.tsx';
import { Slider } from './Slider.tsx';
import { useDrawing } from './useDrawing.ts';

interface DrawPadProps {
  /** Interleaved, data units within ±4. */
  readonly points: Points;
  /** After each stroke, erasure, undo and clear; never in the middle of one. */
  readonly onChange: (points: Points) => void;
  readonly maxPoints?: number;
  /** Shows a button “Done”. */
  readonly onClose?: () => void;
}

const TOOLS = [
  { value: 'brush', label: 'Brush' },
  { value: 'eraser', label: 'Eraser' },
] as const;

/** A square to draw a data set on, with mouse, finger, pen or keyboard. */
export function DrawPad({ points, onChange, maxPoints = 1000, onClose }: DrawPadProps) {
  const drawing = useDrawing(points, onChange);
  const [tool, setTool] = useState<DrawTool>('brush');
  const [brush, setBrush] = useState<Brush>({ size: 0.15, density: 12 });
  const [thinned, setThinned] = useState(false);
  const full = drawing.points.length / 2 >= maxPoints;

  return (
    <div className="c-drawpad">
      <DrawSurface drawing={drawing} tool={tool} brush={brush} maxPoints={maxPoints} onThinned={setThinned} />
      <div className="c-drawpad-tools">
        <Segmented label="Tool" hideLabel value={tool} options={TOOLS} onChange={setTool} />
        <Button icon={<Icon name="undo" />} disabled={!drawing.canUndo} onClick={drawing.undo}>
          Undo
        </Button>
        <Button icon={<Icon name="redo" />} disabled={!drawing.canRedo} onClick={drawing.redo}>
          Redo
        </Button>
        <Button
          icon={<Icon name="trash" />}
          disabled={drawing.points.length === 0}
          onClick={() => drawing.commit([])}
        >
          Clear
        </Button>
      </div>
      <div className="c-drawpad-brush">
        <Slider
          label={tool === 'brush' ? 'Brush size' : 'Eraser size'}
          value={brush.size}
          min={0}
          max={0.8}
          step={0.05}
          format={(size) => size.toFixed(2)}
          onChange={(size) => setBrush({ ...brush, size })}
        />
        <Slider
          label="Density"
          value={brush.density}
          min={2}
          max={40}
          scale="integers"
          hint="Points per unit of length that the brush travels; the square is 8 units wide."
          disabled={tool === 'eraser'}
          onChange={(density) => setBrush({ ...brush, density })}
        />
      </div>
      <div className="c-drawpad-foot">
        <p className="c-drawpad-count" role="status">
          <span>{countText(drawing.points, maxPoints)}</span>
          {full && thinned && <span>: full, so the drawing was thinned evenly to make room.</span>}
        </p>
        {onClose && (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        )}
      </div>
    </div>
  );
}
