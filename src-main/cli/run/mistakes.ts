import { openToRead } from '../open-to-read.ts';
import { computeOutcomes } from '../outcomes/compute-outcomes.ts';
import { type MistakeOptions, printMistakes } from '../outcomes/print-mistakes.ts';
import { newFolder } from '../outcomes/write-pictures.ts';
import { requireRuns } from '../require-runs.ts';

/**
 * Prints the test images that a run gets wrong.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function runMistakes(file: string, id: string, options: MistakeOptions): Promise<void> {
  const folder = options.output === undefined ? null : newFolder(options.output);
  const store = openToRead(file);
  try {
    requireRuns(store, [id]);
    const outcomes = await computeOutcomes(store, [id], { command: 'run mistakes', data: null });
    for (const found of outcomes) await printMistakes(found, options, folder);
  } finally {
    store.close();
  }
}
