import './nowLine.css';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { CUSTOM_SHAPE } from '../core/datasets/custom.ts';
import { datasets } from '../core/datasets/index.ts';
import { CUSTOM_DATASET } from '../experiment/fields.ts';
import { useField, usePlayground } from '../store/react.ts';
import { firstStageQuality } from '../store/stageNumbers.ts';
import { viewOf } from '../views/index.ts';
import { useClock } from './clockContext.ts';
import { nowText } from './nowText.ts';
import { signalAt, useProcess } from './useProcess.ts';

/** One sentence under the header that is true of the stages now. A tick writes to the DOM and never renders React. */
export function NowLine() {
  const clock = useClock();
  const process = useProcess();
  const dataset = useField('dataset');
  const stages = useField('stages');
  const source = usePlayground((state) => state.modelSource);
  const step = usePlayground((state) => state.step);
  const works = usePlayground((state) => {
    const seen = firstStageQuality(state);
    return seen?.source === 'own' && seen.strays.value < 0.5;
  });
  const line = useRef<HTMLParagraphElement>(null);

  const moment = useMemo(() => {
    const sampling = stages.filter((stage) => viewOf(stage).shows === 'reverse');
    const asksModel = stages.some((stage) => 'denoiser' in stage && stage.denoiser === 'learned');
    return {
      shape: dataset === CUSTOM_DATASET ? CUSTOM_SHAPE : datasets.get(dataset).shape,
      samples: sampling.length > 0,
      model: asksModel && source ? { source, step, works } : null,
    };
  }, [dataset, stages, source, step, works]);

  useLayoutEffect(() => {
    const write = () => {
      const { time, direction } = clock;
      const text = nowText({ ...moment, time, direction, signal: signalAt(process, time) });
      if (line.current && line.current.textContent !== text) line.current.textContent = text;
    };
    write();
    return clock.subscribe(write);
  }, [clock, process, moment]);

  return <p ref={line} className="now-line" />;
}
