import { said, type Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { recordedRuns } from '../../recorded/recorded-runs.ts';
import { heatMapChart } from '../heat-map/chart.ts';
import { histogramMap, histogramReading, type HistogramSettings, histogramTable, ofLayer } from './data.ts';

/** @throws Problem `usage` for runs without histograms, or a layer that none of them has */
export async function gather(settings: HistogramSettings, source: ChartSource): Promise<Chart> {
  const { of, logY } = settings;
  const layer = settings.layer ?? (await layersOf(settings, source))[0] ?? '';
  const { runs, notes } = await recordedRuns(source, { of, layer });
  const isKnown = runs.some(({ steps }) => steps.some(({ layers }) => layers.length > 0));
  const found = ofLayer(runs, { of, layer, known: isKnown ? [] : await layersOf(settings, source) });
  const map = histogramMap(found, logY);
  const data = { ...map, notes: said([...map.notes, ...notes]) };
  return {
    ...heatMapChart(data),
    label: `${of} of ${layer}: share of the values by value and step`,
    pageHeight: PAGE_HEIGHT * Math.ceil(data.panels.length / 2),
    table: () => histogramTable(found),
    reading: () => histogramReading(found),
  };
}

/** Pixels: rows are so low then that no gaps are drawn between them. */
const PAGE_HEIGHT = 380;

/** The layers that were recorded, where they have to be known: the first is shown where none is chosen, and names are corrected. */
async function layersOf(
  { of }: Pick<HistogramSettings, 'of'>,
  source: ChartSource,
): Promise<readonly string[]> {
  const { runs } = await recordedRuns(source, { of, layer: null });
  return [...new Set(runs.flatMap(({ steps: [first] }) => first?.layers.map(({ layer }) => layer) ?? []))];
}
