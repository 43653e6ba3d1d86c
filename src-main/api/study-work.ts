import { networkTotals } from '../../src-shared/networks/network-totals.ts';
import type { StudyWork } from '../../src-shared/runs/plan-study.ts';
import type { CostedStudy } from '../../src-shared/studies/cost-study.ts';
import { familyOf, meanStepMacs, typicalCell } from '../../src-shared/studies/measured-trainers.ts';
import { seedsOfCells } from '../../src-shared/studies/seeds-of-cells.ts';
import { type MeasuredPeaks, trainerMemory } from '../../src-shared/studies/trainer-memory.ts';
import { countRuns } from '../../src-shared/studies/wanted-runs.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import type { StudyToMeasure } from '../executors/ensure-measured.ts';

/**
 * What the number of trainers of a study depends on.
 * @param peaks of runs of the engine that trains it
 */
export function studyWork(
  { definition, cells }: CostedStudy,
  { shape, classes, trainingCount }: DatasetDescription,
  peaks: MeasuredPeaks,
): StudyWork {
  const seedsOf = seedsOfCells(definition);
  const costOf = networkTotals({ shape, classes: classes.length });
  const costed = cells.map((cell) => ({ ...cell, cost: costOf(cell.network) }));
  const stepMacs = meanStepMacs(cells.map((cell) => ({ ...cell, runs: seedsOf(cell.factors).length })));
  return {
    runs: countRuns(definition, cells),
    ...{ stepMacs, family: familyOf(typicalCell(cells, stepMacs)) },
    memory: trainerMemory(costed, { shape, trainingCount }, definition.dataset, peaks),
  };
}

/** What is trained where the number of its trainers is to be measured; null for a study without cells. */
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
