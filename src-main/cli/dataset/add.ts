import { addDataset } from '../../datasets/add-dataset.ts';
import { type DatasetProgress, describeDatasetProgress } from '../../datasets/progress.ts';
import { dataFolder } from '../../home.ts';
import type { DatasetAddOptions } from '../dataset.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { printLine, thousands } from '../output.ts';
import { type Step, stepDisplay } from '../step-progress.ts';

/** Adds a data set and says what it is. @throws Problem, Interrupted */
export async function add(name: string, options: DatasetAddOptions): Promise<void> {
  const display = stepDisplay(process.stderr);
  const onProgress = (progress: DatasetProgress): void => display.show(titled(progress));
  try {
    const added = await interruptible((signal) =>
      addDataset(name, { ...options, dataRoot: dataFolder(), onProgress, signal }),
    );
    display.end();
    const parts = `${thousands(added.trainingCount)} training and ${thousands(added.testCount)} test images`;
    printLine(`${added.name}: ${parts} of ${added.shape.join('x')} in ${added.classes.length} classes.`);
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
