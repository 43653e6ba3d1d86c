import { accountNotes, unusedNote } from '../../cells/account-notes.ts';
import { balancedCells } from '../../cells/balanced-cells.ts';
import {
  type CellTable,
  sameSetting,
  settingLabel,
  requireVarying,
  varyingText,
} from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';
import { type FactorLine, leftCellsNote, linesNotes } from './line-notes.ts';
import { factorPoint, type FactorX, settingAxis } from './points.ts';

export interface FactorSettings {
  /** Path of the setting along the axis. */
  readonly x: string;
  /** Path of the setting that gives the lines; null for one line. */
  readonly line: string | null;
}

/** A line for comparison, without interval: e.g. what the untrained network has. */
export interface ReferenceLine {
  readonly label: string;
  /** Of which lines it is; absent where it is of all of them. */
  readonly of?: { readonly label: string; readonly colour: number };
  readonly points: readonly ReferencePoint[];
}

export interface ReferencePoint {
  readonly at: number;
  readonly value: number;
  /** Where it is further off than it is drawn. */
  readonly goesOn?: 'up' | 'down';
  /** As of the points of lines. */
  readonly name?: string;
}

export interface FactorData {
  readonly quantity: Quantity;
  readonly x: FactorX;
  /** Title of the setting that the lines are for. */
  readonly lineTitle: string;
  /** Where lines are told apart by two things: what colours stand for, and what symbols and dashes do. */
  readonly sets?: {
    readonly title: string;
    /** Each with its place in the palette. */
    readonly colours: readonly { readonly label: string; readonly colour: number }[];
    readonly marks: readonly string[];
  };
  /** What the names of points are of; absent where they have none. */
  readonly nameTitle?: string;
  readonly lines: readonly FactorLine[];
  readonly references: readonly ReferenceLine[];
  /** Places of the axis that are marked by an upright line; what it means is said in the notes. */
  readonly borders: readonly number[];
  /** What is to be said besides; empty without. */
  readonly notes: readonly string[];
}

/**
 * Mean and interval by the values of one setting, one line for each value of another. Where further settings vary, each
 * point is the mean over their values, the same ones along a line, with the seeds as blocks; all runs are kept.
 *
 * @throws Problem `usage` where x does not vary.
 */
export function factorData(table: CellTable, settings: FactorSettings): FactorData {
  const { varying, cells, quantity } = table;
  const x = requireVarying(varying, settings.x, `it cannot be the x axis. ${varyingText(varying)}`);
  const line = settings.line === null ? null : (varying.find(({ path }) => path === settings.line) ?? null);
  const axis = settingAxis(x);
  const lineValues = line ? line.values : [null];
  const others = varying.filter(({ path }) => path !== x.path && path !== line?.path);
  const groups = lineValues.map((value) => {
    const members = line ? cells.filter((cell) => sameSetting(cell.settings[line.path], value)) : cells;
    const label = line ? { label: settingLabel(line, value), value } : { label: '' };
    return { label, ...balancedCells(members, x, others) };
  });
  const about = { others, range: quantity.range };
  const lines = groups.map(({ label, kept, isBalanced }): FactorLine => {
    const points = x.values.map((xValue, index) => {
      const here = kept.filter((cell) => sameSetting(cell.settings[x.path], xValue));
      const { at = index, label = '' } = axis.places[index] ?? {};
      return factorPoint(here, { at, label }, about);
    });
    return { ...label, points: points.filter(({ runs }) => runs.length > 0), isJoined: isBalanced };
  });
  const lineTitle = line?.title ?? '';
  return {
    quantity,
    x: axis,
    lineTitle,
    lines,
    ...{ references: [], borders: [] },
    notes: [
      ...linesNotes(lines, lineTitle, quantity),
      leftCellsNote(
        groups.flatMap(({ left }) => left),
        varying,
        `without a counterpart at each ${x.title}`,
      ),
      ...accountNotes(table),
      unusedNote(lines.flatMap(({ points }) => points.flatMap(({ unused }) => unused))),
    ],
  };
}
