import { fixed } from '../../../numbers.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { fText } from '../../../statistics/f-value.ts';
import { pText } from '../../../statistics/p-value.ts';
import { type ResponseSurface, responseSurface } from '../../../statistics/response-surface.ts';
import { accountNotes, leftOutText } from '../../cells/account-notes.ts';
import {
  type CellTable,
  type MeasuredCell,
  settingLabel,
  settingsText,
  type VaryingSetting,
  requireVarying,
} from '../../cells/measured-cell.ts';
import type { Quantity } from '../../quantity.ts';
import { isGeometric } from '../factor/points.ts';

export interface SurfaceSettings {
  /** Paths of the two settings. */
  readonly x: string;
  readonly y: string;
}

/** A setting along an axis. */
export interface SurfaceFactor {
  readonly title: string;
  /** What the coefficients are of: `log2(squeeze ratio)` or `3×3 share`. */
  readonly scaled: string;
  readonly places: readonly { readonly at: number; readonly label: string }[];
}

export interface SurfaceCell {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly mean: number;
  readonly n: number;
  readonly fitted: { readonly value: number; readonly low: number; readonly high: number };
  readonly runs: readonly string[];
  readonly leftOut: string;
}

export interface SurfaceData {
  readonly quantity: Quantity;
  readonly x: SurfaceFactor;
  readonly y: SurfaceFactor;
  readonly surface: ResponseSurface;
  readonly cells: readonly SurfaceCell[];
  readonly notes: readonly string[];
}

/** Below this p the surface is said not to describe the cells. */
const LACK = 0.05;

/**
 * The quadratic surface of a metric over two settings with numbers, fitted to all runs that count. A setting whose values are a
 * geometric row, or span much, is taken by its logarithm to base 2, so that its coefficients are for a doubling.
 *
 * @throws Problem `usage` for a setting that does not vary or has other values than numbers, where others vary too, and as
 *   `responseSurface`
 */
export function surfaceData(table: CellTable, { x, y }: SurfaceSettings): SurfaceData {
  const { cells, varying, quantity } = table;
  const [first, second] = [x, y].map((path) => numericSetting(varying, path));
  if (!first || !second) throw new Error('two settings were asked for');
  if (first === second) throw new Problem('usage', `${x} cannot be both axes.`);
  const others = varying.filter((setting) => setting !== first && setting !== second);
  if (others.length > 0) {
    const names = others.map(({ title }) => title).join(', ');
    throw new Problem(
      'usage',
      `No surface is fitted while other settings vary too (${names}): choose runs with one value of each.`,
    );
  }
  const [across, up] = [factorOf(first), factorOf(second)];
  const placed = cells.map((cell) => ({
    ...{ cell, x: across.scale(cell.settings[first.path]), y: up.scale(cell.settings[second.path]) },
  }));
  const surface = responseSurface(
    placed.flatMap(({ cell, ...place }) => cell.measured.map(({ value }) => ({ ...place, value }))),
  );
  return {
    ...{ quantity, x: across.factor, y: up.factor, surface },
    cells: placed.flatMap(({ cell, ...place }) => surfaceCell(cell, place, surface, varying)),
    notes: [
      `quadratic surface through ${surface.n} runs of ${placed.filter(({ cell }) => cell.measured.length > 0).length} cells; R² ${fixed(surface.rSquared, 3)}`,
      lackText(surface),
      ...accountNotes(table),
    ],
  };
}

function numericSetting(varying: readonly VaryingSetting[], path: string): VaryingSetting {
  const found = requireVarying(varying, path, 'it cannot be an axis of a surface.');
  if (found.values.every((value) => typeof value === 'number')) return found;
  throw new Problem(
    'usage',
    `There are values of ${found.title} that are no numbers, so it cannot be an axis of a surface.`,
  );
}

function factorOf(setting: VaryingSetting): {
  readonly factor: SurfaceFactor;
  readonly scale: (value: unknown) => number;
} {
  const { title, values } = setting;
  const isLogarithmic = isGeometric(values.filter((value) => typeof value === 'number'));
  const scale = (value: unknown): number => (isLogarithmic ? Math.log2(Number(value)) : Number(value));
  return {
    scale,
    factor: {
      ...{ title, scaled: isLogarithmic ? `log2(${title})` : title },
      places: values.map((value) => ({ at: scale(value), label: settingLabel(setting, value) })),
    },
  };
}

function surfaceCell(
  cell: MeasuredCell,
  { x, y }: { readonly x: number; readonly y: number },
  surface: ResponseSurface,
  varying: readonly VaryingSetting[],
): SurfaceCell[] {
  const { mean, n } = cell.interval;
  if (mean === null) return [];
  return [
    {
      ...{ label: settingsText(varying, cell.settings), x, y, mean, n, fitted: surface.at(x, y) },
      ...{ runs: cell.measured.map(({ run }) => run), leftOut: leftOutText(cell.leftOut) },
    },
  ];
}

/** Whether the surface describes the cells, in words. */
function lackText({ lackOfFit }: ResponseSurface): string {
  if (!lackOfFit)
    return 'lack of fit cannot be tested: it needs two seeds in some cells, which differ, and more than six cells';
  const { f, p, degreesOfFreedom } = lackOfFit;
  const test = `lack of fit F(${degreesOfFreedom.join(', ')}) = ${fText(f)}, ${pText(p)}`;
  return p < LACK
    ? `${test}: the means of the cells lie further from the surface than their seeds explain, so it does not describe them`
    : `${test}: the means of the cells lie no further from the surface than their seeds explain`;
}
