import { resolve } from 'node:path';
import type { RunMetrics, RunRecord } from '../../../src-shared/studies/run-record.ts';
import type { CellSummary } from '../../../src-shared/studies/summarize-study.ts';
import { printLine } from '../output.ts';
import { csv } from './csv.ts';
import { readStudyIn } from './read-study.ts';
import { writeFiles, writeFigures } from './results.ts';

/**
 * Writes runs.csv, cells.csv, study.json (everything), study.yaml (the file as it was read) and the figures.
 * @throws Problem `not-found`, and those of the store
 */
export function exportStudy(file: string, name: string, output: string): void {
  const reading = readStudyIn(file, name);
  const { study, runs, cells } = reading;
  const folder = resolve(output);
  const files = {
    'runs.csv': runsCsv(runs),
    'cells.csv': cellsCsv(cells),
    'study.json': `${JSON.stringify({ study, cells, runs }, null, 2)}\n`,
    'study.yaml': study.text,
  };
  const texts = writeFiles(folder, Object.entries(files));
  for (const path of [...texts, ...writeFigures(reading, folder)]) printLine(path);
}

export function runsCsv(runs: readonly RunRecord[]): string {
  const factors = [...new Set(runs.flatMap((run) => Object.keys(run.factors)))];
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))] as (keyof RunMetrics)[];
  const own = [
    'parameters',
    'macs',
    'createdAt',
    'startedAt',
    'endedAt',
    'seconds',
    'engine',
    'device',
    'mode',
  ] as const;
  return csv(
    ['id', 'study', 'cell', 'seed', 'state', ...factors, ...metrics, ...own, 'failure', 'retryOf'],
    runs.map((run) => [
      ...[run.id, run.study, run.cell, run.seed, run.state],
      ...factors.map((path) => run.factors[path]),
      ...metrics.map((name) => run.metrics[name]),
      ...own.map((name) => run[name]),
      ...[run.failure?.message, run.retryOf],
    ]),
  );
}

export function cellsCsv(cells: readonly CellSummary[]): string {
  const factors = [...new Set(cells.flatMap((cell) => Object.keys(cell.factors)))];
  return csv(
    ['cell', ...factors, 'n', 'mean', 'low', 'high', 'parameters', 'macs'],
    cells.map((cell) => [
      cell.cell,
      ...factors.map((path) => cell.factors[path]),
      ...[cell.n, cell.mean, cell.interval?.[0], cell.interval?.[1], cell.parameters, cell.macs],
    ]),
  );
}
