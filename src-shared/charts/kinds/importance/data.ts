import { percent } from '../../../numbers.ts';
import { counted } from '../../../counted.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { type ForestImportance, type Importance, pairsOf } from '../../../statistics/forest-importance.ts';
import type { ForestQuestion } from '../../../statistics/forest-question.ts';
import { accountNotes } from '../../cells/account-notes.ts';
import {
  type CellTable,
  isWholeGrid,
  type MeasuredCell,
  settingKey,
  type VaryingSetting,
} from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';

/** Fewer cells than these tell a forest nothing. */
const LEAST_CELLS = 10;

export interface ImportanceQuestion extends ForestQuestion {
  readonly settings: readonly VaryingSetting[];
}

/** Whether a forest says more than the effects do: of samples and lists, with cells enough. */
export function tellsImportance({ cells, varying }: CellTable): boolean {
  return cells.filter(hasMean).length >= LEAST_CELLS && !isWholeGrid({ cells, varying });
}

function hasMean({ interval }: MeasuredCell): boolean {
  return interval.mean !== null;
}

/** The cells that have a value as levels of the settings that vary. @throws Problem `usage` for too few of them */
export function importanceQuestion({ cells, varying, quantity }: CellTable): ImportanceQuestion {
  const known = cells.filter(hasMean);
  if (known.length < LEAST_CELLS || varying.length === 0)
    throw new Problem(
      'usage',
      `A forest needs ${LEAST_CELLS} cells with ${quantity.title} or more; here ${known.length === 1 ? 'is' : 'are'} ${known.length}.`,
    );
  const levels = varying.map(
    ({ values }) => new Map(values.map((value, level) => [settingKey(value), level])),
  );
  return {
    settings: varying,
    factors: varying.map(({ values }) => ({
      levels: values.length,
      isOrdered: values.every((value) => typeof value === 'number'),
    })),
    points: known.map(({ settings }) =>
      varying.map(({ path }, place) => levels[place]?.get(settingKey(settings[path])) ?? 0),
    ),
    values: known.map(({ interval }) => interval.mean ?? NaN),
  };
}

export interface ImportanceRow extends Importance {
  readonly settings: readonly VaryingSetting[];
  readonly label: string;
  readonly isPair: boolean;
}

export interface ImportanceData {
  readonly quantity: Quantity;
  /** Settings and pairs, the most important first. */
  readonly rows: readonly ImportanceRow[];
  readonly notes: readonly string[];
}

/** @throws Problem `usage` where the forest says the same everywhere */
export function importanceData(
  table: CellTable,
  { settings, points }: ImportanceQuestion,
  found: ForestImportance | null,
  withPairs: boolean,
): ImportanceData {
  const { quantity } = table;
  if (!found)
    throw new Problem('usage', `${quantity.title} is the same in all cells, so there is nothing to explain.`);
  const main = settings.map((setting, place): ImportanceRow => ({
    ...{ settings: [setting], label: setting.title, isPair: false },
    ...(found.main[place] ?? NONE),
  }));
  const pairs = pairsOf(settings.length).map(([one, other], place): ImportanceRow => ({
    settings: [one, other].flatMap((each) => settings[each] ?? []),
    ...{ label: `${settings[one]?.short ?? ''} × ${settings[other]?.short ?? ''}`, isPair: true },
    ...(found.pairs[place] ?? NONE),
  }));
  const rows = [...main, ...(withPairs ? pairs : [])].toSorted((a, b) => b.share - a.share);
  return {
    ...{ quantity, rows },
    notes: [
      `functional analysis of variance of ${counted(found.trees, 'regression tree')} on the means of ${counted(points.length, 'cell')}, over all combinations of the values`,
      fitText(found),
      `intervals: middle 95\u00a0% of ${counted(found.refits, 'refit')} to resamples of the cells`,
      ...togetherNotes(settings, points),
      ...accountNotes(table),
    ],
  };
}

const NONE: Importance = { share: NaN, low: NaN, high: NaN };

/** Whether the forest knows anything of cells that it did not see, in words. */
function fitText({ outOfBag }: ForestImportance): string {
  if (outOfBag === null) return 'whether the forest predicts cells that it did not see is unknown';
  const share = `of cells that its trees did not see, the forest explains ${percent(Math.max(0, outOfBag), 0)} of the variance`;
  return outOfBag < 0.5 ? `${share}: too little to trust these shares` : share;
}

/** Settings of which one tells the other in all of these cells: a forest takes either. */
function togetherNotes(settings: readonly VaryingSetting[], points: ForestQuestion['points']): string[] {
  return pairsOf(settings.length).flatMap(([one, other]) => {
    const both = new Set(points.map((point) => `${point[one]} ${point[other]}`)).size;
    const each = [one, other].map((place) => new Set(points.map((point) => point[place])).size);
    return each.every((size) => size === both)
      ? [
          `${settings[one]?.title ?? ''} and ${settings[other]?.title ?? ''} vary together, so their shares cannot be told apart`,
        ]
      : [];
  });
}
