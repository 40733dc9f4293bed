import { CHARTS, type ChartId } from '../../experiment/charts.ts';
import { ChartCards } from '../charts/ChartRow.tsx';

/** The charts that the link asks for, under the stages. */
export default function EmbedCharts({ chosen }: { readonly chosen: readonly ChartId[] }) {
  return <ChartCards chosen={chosen} menuOf={(id) => <span>{CHARTS[id].label}</span>} />;
}
