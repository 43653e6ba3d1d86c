import { resolve } from 'node:path';
import { cellsCsv } from '../../exports/runs/cells-csv.ts';
import { machineCsv } from '../../exports/runs/machine-csv.ts';
import { runsCsv } from '../../exports/runs/runs-csv.ts';
import { bestCell } from '../../../src-shared/charts/cells/best-cell.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import type { AnyMetric } from '../../../src-shared/metrics/imported-metric.ts';
import { mainMetric } from '../../../src-shared/studies/imported-study.ts';
import { openToRead } from '../open-to-read.ts';
import { printLine } from '../output.ts';
import { readStudy } from './read-study.ts';
import { writeFiles, writeFigures } from './results.ts';

/**
 * Writes runs.csv, cells.csv, study.json (everything), study.yaml (the file as it was read), machine.csv where anything was measured, and the figures; runs that
 * the file does not ask for go into other-runs.csv, so that nobody takes them for part of the study.
 * @throws Problem `not-found`, and those of the store
 */
export async function exportStudy(file: string, name: string, output: string): Promise<void> {
  const store = openToRead(file);
  try {
    const reading = readStudy(store, name);
    const { study, runs, cells, drawn, aside } = reading;
    const samples = store.machineSamples(name);
    const csvOf = (rows: readonly number[]): string =>
      runsCsv(store.runTable(runsAt(drawn.index, rows).map(({ id }) => id)), 'varying');
    const files = {
      'runs.csv': csvOf(drawn.rows),
      ...(drawn.aside.length > 0 ? { 'other-runs.csv': csvOf(drawn.aside) } : {}),
      'cells.csv': cellsCsv(cells),
      'study.json': `${JSON.stringify({ study, cells, best: bestOf(drawn, mainMetric(study.definition)), runs, aside }, null, 2)}\n`,
      'study.yaml': study.text,
      ...(samples.length > 0 ? { 'machine.csv': machineCsv(samples) } : {}),
    };
    const folder = resolve(output);
    const texts = writeFiles(reading, folder, Object.entries(files));
    for (const path of [...texts, ...(await writeFigures(reading, folder))]) printLine(path);
  } finally {
    store.close();
  }
}

/** The best cell and by what it was chosen; null without a complete run. */
function bestOf(
  drawn: ChosenRuns,
  metric: AnyMetric,
): { readonly cell: string; readonly chosenBy: string } | null {
  const best = bestCell(cellTableOf(drawn, metric));
  return best && { cell: best.cell.id, chosenBy: best.by };
}
