import { whole } from '../../../src-shared/numbers.ts';
import type { DatasetRemark } from '../../../src-shared/datasets/dataset-remark.ts';
import type { DatasetDescription } from '../../datasets/dataset.ts';
import { printLine } from '../output.ts';

/** One line: how many images of which size in how many classes. */
export function printDescription({
  name,
  classes,
  shape,
  trainingCount,
  testCount,
}: Omit<DatasetDescription, 'remarks'>): void {
  const parts = `${whole(trainingCount)} training and ${whole(testCount)} test images`;
  printLine(`${name}: ${parts} of ${shape.join('x')} in ${classes.length} classes.`);
}

/** One line each, warnings first. */
export function printRemarks(remarks: readonly DatasetRemark[], indent = ''): void {
  for (const level of ['warning', 'note'] as const)
    for (const { text } of remarks.filter((remark) => remark.level === level))
      printLine(`${indent}${level}: ${text}`);
}
