import { Problem } from '../../../mistakes/problem.ts';
import { accountNotes } from '../../cells/account-notes.ts';
import { leftOutCells } from '../../cells/left-out-cells.ts';
import { settingsText } from '../../cells/measured-cell.ts';
import { runLabels } from '../../cells/run-labels.ts';
import { type Chart, said } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { confusionData, type ConfusionData } from './data.ts';
import { layConfusion } from './layout.ts';
import { confusionOption } from './drawing.ts';
import { confusionAxes } from './pgfplots.ts';
import { confusionTable } from './table.ts';

/** @throws Problem `usage` for runs of several data sets */
export async function gather(
  { perRun }: { readonly perRun: boolean },
  { chosen, cells, confusions, dataset }: ChartSource,
): Promise<Chart> {
  const { index } = chosen;
  const table = cells('testAccuracy');
  const ids = new Set(countedRuns(table));
  const counted = chosen.rows.filter((row) => ids.has(index.rows[row]?.id ?? ''));
  const datasets = new Set(counted.map((row) => index.rows[row]?.dataset ?? ''));
  const [only = ''] = datasets;
  if (datasets.size > 1) {
    throw new Problem(
      'usage',
      `These runs are of several data sets (${[...datasets].join(', ')}): choose runs of one data set.`,
    );
  }
  const runs = runLabels(index, counted);
  const labels = new Map(
    table.cells.flatMap(({ settings, measured }) =>
      measured.map(({ run }) => [run, settingsText(table.varying, settings)] as const),
    ),
  );
  const matrices = (await confusions([...runs.keys()])).map(({ run, counts }) => ({
    ...{ run, counts, label: (perRun ? runs : labels).get(run) ?? run },
  }));
  const account = { leftOut: leftOutCells(table), notes: accountNotes(table) };
  return confusionChart(confusionData((await dataset(only))?.classes ?? [], matrices, account));
}

export function confusionChart(data: ConfusionData): Chart {
  const labels = data.panels.map(({ label }) => label).filter((label) => label !== '');
  return {
    notes: said(data.notes),
    label: ['Confusion matrices', ...(labels.length > 0 ? [labels.join(' and ')] : [])].join(' of '),
    option: (style) => confusionOption(data, style),
    height: (style) => Math.max(style.height, layConfusion(data, style).height),
    pageHeight: Math.min(760, 120 + 34 * data.classes.length),
    table: () => confusionTable(data),
    pgfplots: (style, name) => confusionAxes(data, style, name),
  };
}
