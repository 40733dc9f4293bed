import { CONDITION } from '../../../experiment/conditions/check.ts';
import { KNOWN_WAYS, type KnownCondition } from '../../../experiment/conditions/types.ts';
import { Select } from '../../../ui/Select.tsx';
import { Slider } from '../../../ui/Slider.tsx';
import { useDataView } from './FactorFields.tsx';
import { optionsOf } from './options.ts';
import { WAYS } from './words.ts';

interface Props {
  readonly condition: KnownCondition;
  readonly ask: (next: KnownCondition) => void;
}

/** One known coordinate: the line that can be dragged on the stage, in numbers. */
export function KnownFields({ condition, ask }: Props) {
  const { centre, halfWidth } = useDataView();
  const reach = Math.ceil(halfWidth + Math.hypot(...centre));
  return (
    <>
      <Select
        label="Way of the known value"
        value={condition.way}
        options={optionsOf(KNOWN_WAYS, WAYS.known)}
        onChange={(way) => ask({ ...condition, way })}
      />
      {condition.way === 'repaint' && (
        <Slider
          label="Repeats U"
          value={condition.repeats}
          min={CONDITION.repeats.min}
          max={CONDITION.repeats.max}
          scale="integers"
          onChange={(repeats) => ask({ ...condition, repeats })}
          hint="How often each step is made; 1 is plain replacement. Every repeat costs another evaluation."
        />
      )}
      <Slider
        label="Known value"
        value={condition.value}
        min={Math.min(condition.value, -reach)}
        max={Math.max(condition.value, reach)}
        step={0.05}
        onChange={(value) => ask({ ...condition, value })}
      />
      <Slider
        label="Direction of the known coordinate"
        value={condition.angle}
        min={0}
        max={360}
        step={5}
        unit="°"
        onChange={(angle) => ask({ ...condition, angle })}
        hint="0° is x, 90° is y; between them a mixture of both is known, as the grey value of a picture is."
      />
    </>
  );
}
