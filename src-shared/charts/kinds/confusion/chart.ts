import { Problem } from '../../../mistakes/problem.ts';
import { accountNotes } from '../../cells/account-notes.ts';
import { commonFirstStage } from '../../cells/block-mean.ts';
import { leftOutCells } from '../../cells/left-out-cells.ts';
import { settingsText } from '../../cells/measured-cell.ts';
import { runLabels } from '../../cells/run-labels.ts';
import { type Chart, said } from '../../chart.ts';
import { type ChartSource } from '../../chart-source.ts';
import { countedRuns } from '../../cells/measured-cell.ts';
import { confusionData, type ConfusionData } from './data.ts';
import { confusionDifference, type SeededMatrix } from './difference.ts';
import { layConfusion } from './layout.ts';
import { confusionOption } from './drawing.ts';
import { confusionAxes } from './pgfplots.ts';
import { confusionTable } from './table.ts';

/** @throws Problem `usage` for runs of several data sets */
export async function gather(
  { perRun, from }: { readonly perRun: boolean; readonly from: string | null },
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
  const known = await confusions([...runs.keys()]);
  const classes = (await dataset(only))?.classes ?? [];
  const account = { leftOut: leftOutCells(table), notes: accountNotes(table) };
  const label = (run: string): string => (perRun ? runs : labels).get(run) ?? run;
  if (from === null) {
    const matrices = known.map(({ run, counts }) => ({ run, counts, label: label(run) }));
    return confusionChart(confusionData(classes, matrices, account));
  }
  const counts = new Map(known.map((each) => [each.run, each.counts]));
  const matrices = table.cells.flatMap(({ id, measured }): SeededMatrix[] => {
    const members = measured.flatMap(({ run, seed }) => {
      const own = counts.get(run);
      return own ? [{ run, seed, counts: own }] : [];
    });
    if (perRun)
      return members.map((member) => ({ id: member.run, label: label(member.run), runs: [member] }));
    return members.length === 0 ? [] : [{ id, label: label(members[0]?.run ?? ''), runs: members }];
  });
  const base = table.cells.find(({ id }) => id === from);
  const firstStage = (id: string): readonly number[] | undefined => {
    const own = table.cells.find((cell) => cell.id === id);
    return own && base ? commonFirstStage([own, base]) : undefined;
  };
  return confusionChart(confusionDifference(classes, matrices, from, firstStage, account));
}

export function confusionChart(data: ConfusionData): Chart {
  return {
    notes: said(data.notes),
    label: labelOf(data),
    option: (style) => confusionOption(data, style),
    height: (style) => Math.max(style.height, layConfusion(data, style).height),
    pageHeight: Math.min(760, 120 + 34 * data.classes.length),
    table: () => confusionTable(data),
    pgfplots: (style, name) => confusionAxes(data, style, name),
  };
}

function labelOf({ panels, difference }: ConfusionData): string {
  const labels = panels.map(({ label }) => label).filter((label) => label !== '');
  const what = difference === null ? 'Confusion matrices' : 'Differences of the confusion matrices';
  const whole = [what, ...(labels.length > 0 ? [labels.join(' and ')] : [])].join(' of ');
  return difference === null ? whole : `${whole} from that of ${difference.from}`;
}
