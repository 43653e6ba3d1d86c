import { addDataset } from '../../../src-main/datasets/add-dataset.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

/** Adds a data set and prints what came of it, with the most memory that this process ever had. */
const [dataRoot = '', from = '', options = '{}'] = process.argv.slice(2);

async function outcome(): Promise<string> {
  try {
    const { trainingCount, testCount } = await addDataset('mine', {
      ...{ dataRoot, from },
      options: JSON.parse(options) as object,
    });
    return `${trainingCount} + ${testCount}`;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}

const said = await outcome();
process.stdout.write(JSON.stringify({ said, megabytes: process.resourceUsage().maxRSS / 1024 }));
