import { dirname, join } from 'node:path';
import { studyAnswer } from '../../../src-shared/charts/answer/study-answer.ts';
import { accountNotes, leftOutText } from '../../../src-shared/charts/cells/account-notes.ts';
import { bestText } from '../../../src-shared/charts/cells/best-cell.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import {
  type SeedsToSettle,
  settleText,
} from '../../../src-shared/charts/kinds/differences/seeds-to-settle.ts';
import { capital } from '../../../src-shared/charts/quantity.ts';
import { addSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { formatExtraSeeds } from '../../../src-shared/studies/format-study.ts';
import { isImported, mainMetric } from '../../../src-shared/studies/imported-study.ts';
import { openedText } from '../../../src-shared/studies/opened-from.ts';
import { cellText } from '../../../src-shared/studies/factor-text.ts';
import { addedTimeText } from '../../../src-shared/runs/added-time.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { formatValue } from '../../../src-shared/runs/filter/format-filter.ts';
import { withUsersUmask } from '../../files/umask.ts';
import { writeProblem } from '../../files/write-problem.ts';
import { typedCommand } from '../../typed-command.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { studyTable } from './study-table.ts';
import { printLine } from '../output.ts';
import type { StudyReading } from './read-study.ts';

/**
 * Prints one line per cell, in the study's order, and below them the answer, the best cell, how many more seeds would settle it, and
 * which runs do not count and why.
 *
 * @param tellsLines whether the lines of the study's file that add these seeds are printed, too
 */
export function printResults({ study, cells, drawn }: StudyReading, tellsLines = false): void {
  const table = cellTableOf(drawn, mainMetric(study.definition));
  const { title } = table.quantity;
  const from = isImported(study.definition) ? ` (imported from ${study.definition.imported.format})` : '';
  printLine(`${nameText(study)}${from}: ${title}, mean and 95 % t interval over n seeds\n`);
  if (study.openedFrom) printLine(`${openedText(study.openedFrom)}\n`);
  printLine(studyTable(table));
  const { headline, further, notes: about, settle: toSettle } = studyAnswer(table);
  printLine(`\n${headline}`);
  for (const sentence of further) printLine(sentence);
  const best = bestText(table);
  if (best !== '') printLine(`\n${capital(best)}.`);
  if (about.length > 0) printLine(`\n${about.join('\n')}`);
  if (toSettle)
    printLine(
      `\n${capital(settleText(toSettle))}.${timeText(drawn, toSettle)}${tellsLines ? extraSeedsHint(study, cells, toSettle) : ''}`,
    );
  const notes = accountNotes(table);
  if (notes.length === 0) return;
  const byCell = cells.flatMap(({ factors, leftOut, mixed }) => {
    const told = [leftOutText(leftOut), mixed === '' ? '' : `computed with ${mixed}`].filter(Boolean);
    return told.length === 0 ? [] : [`  ${cellText(factors) || 'the only cell'}: ${told.join('; ')}`];
  });
  printLine(['', ...notes.map((note) => `${note}.`), ...byCell].join('\n'));
  if (table.aside !== '') printLine(asideHint(study.name));
}

function timeText({ index, rows }: StudyReading['drawn'], { cells, add }: SeedsToSettle): string {
  const text = addedTimeText(runsAt(index, rows), cells, add);
  return text === '' ? '' : ` ${capital(text)}.`;
}

/** The lines of the study's file that add these seeds; none for imported runs, which nobody trains further. */
function extraSeedsHint(
  { definition }: StudyReading['study'],
  summaries: StudyReading['cells'],
  { add, cells }: SeedsToSettle,
): string {
  if (isImported(definition) || definition.until) return '';
  const chosen = summaries.filter(({ cell }) => cells.includes(cell)).map(({ factors }) => factors);
  const { extraSeeds = [] } = addSeeds(definition, add, chosen);
  return ` In the study's file:\n${formatExtraSeeds(extraSeeds).join('\n')}`;
}

/** `widths on cifar10`. */
export function nameText({ name, dataset }: StudyReading['study']): string {
  return dataset === '' ? name : `${name} on ${dataset}`;
}

/** How to see the runs that the study's file does not ask for. */
function asideHint(study: string): string {
  return `  \`--filter 'study=${formatValue(study, true)} asked:false'\` selects the runs that are not in the study file, in \`figure\`, \`export runs\` and \`analyze\`.`;
}

/**
 * Draws the figures of a study into a folder, which is made if missing.
 * @returns their paths; none before the first run is complete
 * @throws Problem as `writeFiles`
 */
export async function writeFigures(reading: StudyReading, folder: string): Promise<string[]> {
  if (reading.cells.every(({ n }) => n === 0)) return [];
  // ECharts is most of what this command could load
  const { studyFigures } = await import('../../figures/study-figures.ts');
  const figures = await studyFigures(reading.drawn, reading.study, mainMetric(reading.study.definition));
  return writeFiles(
    reading,
    folder,
    figures.map(({ file, svg }) => [file, svg]),
  );
}

/**
 * Writes texts about a study into a folder, which is made if missing.
 * @returns their paths
 * @throws Problem `disk-full`, or `usage` where the folder cannot be made or written
 */
export function writeFiles(
  { study, storeFile }: StudyReading,
  folder: string,
  files: readonly (readonly [name: string, text: string])[],
): string[] {
  try {
    return files.map(([name, text]) => {
      const path = join(folder, name);
      withUsersUmask(() => writeWhole(path, text));
      return path;
    });
  } catch (error) {
    const again = typedCommand(`study export ${study.name} --output FOLDER`, storeFile);
    throw writeProblem(
      error,
      folder,
      `Free some space, or choose another folder with --output. The results are in the store; \`${again}\` writes them again.`,
    );
  }
}

/** Where `study run` puts figures: beside the store that it worked on. */
export function figuresFolder(store: string, study: string): string {
  return join(dirname(store), 'figures', study);
}
