import { resolve } from 'node:path';
import { cellsCsv } from '../../exports/runs/cells-csv.ts';
import { runsCsv } from '../../exports/runs/runs-csv.ts';
import { openToRead } from '../open-to-read.ts';
import { printLine } from '../output.ts';
import { readStudy } from './read-study.ts';
import { writeFiles, writeFigures } from './results.ts';

/**
 * Writes runs.csv, cells.csv, study.json (everything), study.yaml (the file as it was read) and the figures.
 * @throws Problem `not-found`, and those of the store
 */
export function exportStudy(file: string, name: string, output: string): void {
  const store = openToRead(file);
  try {
    const reading = readStudy(store, name);
    const { study, runs, cells } = reading;
    const files = {
      'runs.csv': runsCsv(store.runTable(runs.map(({ id }) => id)), 'varying'),
      'cells.csv': cellsCsv(cells),
      'study.json': `${JSON.stringify({ study, cells, runs }, null, 2)}\n`,
      'study.yaml': study.text,
    };
    const folder = resolve(output);
    const texts = writeFiles(folder, Object.entries(files));
    for (const path of [...texts, ...writeFigures(reading, folder)]) printLine(path);
  } finally {
    store.close();
  }
}
