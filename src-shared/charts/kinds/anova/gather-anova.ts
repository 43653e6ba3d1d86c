import type { Awaitable, ChartSource } from '../../chart-source.ts';
import { type AnovaData, anovaData } from './data.ts';
import { anovaModel, type ChartSettings } from './model.ts';

/** @throws Problem `usage` for a column that there is not, or where an analysis of variance is impossible */
export function gatherAnova(
  settings: ChartSettings,
  { cells, anova = anovaData }: ChartSource,
): Awaitable<AnovaData> {
  return anova(cells(settings.metric), anovaModel(settings));
}
