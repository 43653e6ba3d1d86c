import { networkTotals } from '../../src-shared/networks/network-totals.ts';
import type { CostedStudy } from '../../src-shared/studies/cost-study.ts';
import { familyOf, typicalCell } from '../../src-shared/studies/measured-trainers.ts';
import { type StudyWork, studyWork } from '../../src-shared/studies/study-work.ts';
import type { MeasuredPeaks } from '../../src-shared/studies/trainer-memory.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import type { StudyToMeasure } from '../executors/ensure-measured.ts';

/** Of a study whose cells have been costed, with what that left out. @param peaks as for `studyWork` */
export function workOf(
  { definition, cells }: CostedStudy,
  { shape, classes, trainingCount }: DatasetDescription,
  peaks: MeasuredPeaks,
): StudyWork {
  const costOf = networkTotals({ shape, classes: classes.length });
  const costed = cells.map((cell) => ({ ...cell, cost: costOf(cell.network) }));
  return studyWork(definition, costed, { shape, trainingCount }, peaks);
}

/** What is trained where the number of its trainers is to be measured: the typical cell. Null for a study without cells. */
export function studyToMeasure(
  { cells }: Pick<CostedStudy, 'cells'>,
  { shape: [height, width, channels], classes }: DatasetDescription,
  { stepMacs }: Pick<StudyWork, 'stepMacs'>,
): StudyToMeasure | null {
  const typical = typicalCell(cells, stepMacs);
  if (typical === undefined) return null;
  const { network, recipe, macs } = typical;
  return {
    subject: { network, recipe, input: [height, width, channels], classes: classes.length },
    ...{ family: familyOf(typical), stepMacs: macs * recipe.batch },
  };
}
