import { counted } from '../counted.ts';
import { accountRuns } from './account.ts';
import { runsAt } from './replicates.ts';
import type { RunIndex } from './run-index.ts';

/**
 * What is to be said of the runs of a study that its file does not ask for: `2 complete runs of seeds 0, 1 are not in the * study file`; empty without such. What was only planned is not worth a word.
 *
 * @param rows their indices.
 */
export function asideText(index: RunIndex, rows: readonly number[]): string {
  const { counted: complete, leftOut } = accountRuns(runsAt(index, rows));
  const ended = leftOut.filter(({ reason }) => reason !== 'not begun');
  const told = [...complete, ...ended];
  if (told.length === 0) return '';
  const gone = new Set(
    rows.filter((row) => index.cells[row]?.asked === null).map((row) => index.rows[row]?.cell),
  );
  const cells = new Set(told.flatMap(({ cell }) => (gone.has(cell) ? [cell] : [])));
  const seeds = new Set(told.flatMap(({ cell, seed }) => (gone.has(cell) ? [] : [seed])));
  const of = [seedsText([...seeds].sort((one, other) => one - other)), cellsText(cells.size)];
  const verb = told.length === 1 ? 'is' : 'are';
  return `${countText(complete.length, ended.length)} of ${of.filter(Boolean).join(' and ')} ${verb} not in the study file`;
}

function countText(complete: number, ended: number): string {
  if (complete === 0) return counted(ended, 'unfinished run');
  return `${counted(complete, 'complete run')}${ended === 0 ? '' : ` and ${ended} unfinished`}`;
}

/** More than these would be a list that nobody reads. */
const MOST_LISTED = 8;

function seedsText(seeds: readonly number[]): string {
  if (seeds.length === 0) return '';
  const shown =
    seeds.length > MOST_LISTED
      ? `${seeds.slice(0, MOST_LISTED - 1).join(', ')} … ${seeds.at(-1) ?? ''}`
      : seeds.join(', ');
  return `seed${seeds.length === 1 ? '' : 's'} ${shown}`;
}

function cellsText(count: number): string {
  return count === 0 ? '' : counted(count, 'further cell');
}
