import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { cellText } from '../../../src-shared/names/factor-text.ts';
import type { CellSummary } from '../../../src-shared/studies/summarize-study.ts';
import { isDiskFull } from '../../datasets/disk-full.ts';
import { studyFigures } from '../../figures/study-figures.ts';
import { studyTable } from '../../figures/study-table.ts';
import { printLine } from '../output.ts';
import type { StudyReading } from './read-study.ts';

/** Prints one line per cell, in the study's order, and below them the cells with runs that are not complete. */
export function printResults(reading: StudyReading): void {
  const { study, cells, drawn } = reading;
  printLine(`${study.name} on ${study.dataset}: test accuracy, mean and 95 % t interval over n seeds\n`);
  printLine(studyTable(measureCells(drawn.index, drawn.rows, drawn.cells, 'testAccuracy')));
  const unfinished = cells.flatMap(unfinishedRuns);
  if (unfinished.length > 0) printLine(`\n${unfinished.join('\n')}`);
}

/**
 * Draws the figures of a study into a folder, which is made if missing.
 * @returns their paths; none before the first run is complete
 * @throws Problem as `writeFiles`
 */
export function writeFigures(reading: StudyReading, folder: string): string[] {
  if (reading.cells.every(({ n }) => n === 0)) return [];
  return writeFiles(
    folder,
    studyFigures(reading.drawn, reading.study).map(({ file, svg }) => [file, svg]),
  );
}

/**
 * Writes texts into a folder, which is made if missing.
 * @returns their paths
 * @throws Problem `disk-full`, or `usage` where the folder cannot be made or written
 */
export function writeFiles(
  folder: string,
  files: readonly (readonly [name: string, text: string])[],
): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return files.map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
  } catch (error) {
    const code = isDiskFull(error) ? 'disk-full' : 'usage';
    throw new Problem(
      code,
      `${folder} cannot be written (${(error as Error).message}): free some space or give another folder with --output. The results are in the store; \`kindling study export\` writes them again.`,
      { cause: error },
    );
  }
}

/** Where `study run` puts figures: beside the store that it worked on. */
export function figuresFolder(store: string, study: string): string {
  return join(dirname(store), 'figures', study);
}

function unfinishedRuns({ factors, runs }: CellSummary): string[] {
  const states = runs.map(({ state }) => state).filter((state) => state !== 'complete');
  if (states.length === 0) return [];
  const counts = [...Map.groupBy(states, (state) => state)].map(
    ([state, members]) => `${members.length} ${state}`,
  );
  return [`${cellText(factors) || 'the cell'}: ${counts.join(', ')}`];
}
