import { DropdownMenu } from 'radix-ui';
import { CHARTS, type ChartId, chartIds } from '../../experiment/charts.ts';
import { useField, usePlaygroundActions } from '../../store/react.ts';
import { Icon } from '../../ui/icons.tsx';

/** The most that share a row and can be read. */
const MOST_CHARTS = 4;

interface ChartMenuProps {
  readonly id: ChartId;
}

/** What a chart is called; a press offers what may stand in its place. */
export function ChartMenu({ id }: ChartMenuProps) {
  const chosen = useField('charts');
  const actions = usePlaygroundActions();
  const show = (charts: readonly ChartId[]) => void actions.set({ charts });
  const next = chartIds.find((each) => !chosen.includes(each));
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="chart-menu" aria-label={`Chart: ${CHARTS[id].label}. Show another`}>
        <span>{CHARTS[id].label}</span>
        <Icon name="chevron" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="c-menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.RadioGroup
            value={id}
            onValueChange={(value) => show(replaced(chosen, id, chartIds.find((each) => each === value)!))}
          >
            {chartIds.map((each) => (
              <DropdownMenu.RadioItem key={each} className="c-menu-item" value={each}>
                {CHARTS[each].label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="c-menu-line" />
          <DropdownMenu.Item
            className="c-menu-item"
            disabled={next === undefined || chosen.length >= MOST_CHARTS}
            onSelect={() => next && show([...chosen, next])}
          >
            Add a chart
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="c-menu-item"
            disabled={chosen.length === 1}
            onSelect={() => show(chosen.filter((each) => each !== id))}
          >
            Remove this chart
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The row with another chart in a place; one that stands elsewhere in it changes places. */
export function replaced(row: readonly ChartId[], from: ChartId, to: ChartId): readonly ChartId[] {
  return row.map((each) => (each === from ? to : each === to ? from : each));
}
