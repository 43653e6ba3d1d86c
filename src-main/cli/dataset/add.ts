import { addDataset } from '../../datasets/add-dataset.ts';
import { type DatasetProgress, describeDatasetProgress } from '../../datasets/progress.ts';
import { dataFolder } from '../../home.ts';
import type { DatasetAddOptions } from '../dataset.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { thousands } from '../output.ts';
import { type Step, stepDisplay } from '../step-progress.ts';
import { printDescription, printRemarks } from './print-description.ts';

/** Adds a data set and says what it is, and what was found in it. @throws Problem, Interrupted */
export async function add(name: string, { from, ...options }: DatasetAddOptions): Promise<void> {
  const display = stepDisplay(process.stderr);
  const onProgress = (progress: DatasetProgress): void => display.show(titled(progress));
  try {
    const added = await interruptible((signal) =>
      addDataset(name, { from, options, dataRoot: dataFolder(), onProgress, signal }),
    );
    display.end();
    printDescription(added);
    printRemarks(added.remarks);
  } catch (error) {
    display.end();
    if (error instanceof Interrupted) throw new Interrupted(`stopped; ${name} was not added.`);
    throw error;
  }
}

function titled(progress: DatasetProgress): Step {
  const { done, total, images } = progress;
  const note = images > 0 ? { note: `${thousands(images)} images` } : {};
  return { title: describeDatasetProgress(progress), done, total, ...note };
}
