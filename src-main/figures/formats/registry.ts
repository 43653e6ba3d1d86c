import type { ChartKind } from '../../../src-shared/charts/chart-kind.ts';
import { orList } from '../../../src-shared/lists.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { FigureFormat } from './format.ts';
import * as all from './all.ts';

/** All formats as they are shown: those that only draw before those that have tables, too; then by title. */
export const FIGURE_FORMATS: readonly FigureFormat[] = Object.values<FigureFormat>(all).toSorted(
  (one, other) =>
    Number(one.draws.includes('tables')) - Number(other.draws.includes('tables')) ||
    one.title.localeCompare(other.title, 'en'),
);

/** The endings of files that say a format, e.g. `.pdf`. */
export const FIGURE_ENDINGS: readonly string[] = [
  ...new Set(FIGURE_FORMATS.map(({ ending }) => `.${ending}`)),
];

/** @throws Problem `usage` with the names that there are */
export function formatNamed(name: string): FigureFormat {
  const found = FIGURE_FORMATS.find((format) => format.name === name);
  if (found) return found;
  const names = FIGURE_FORMATS.map((format) => format.name).join('|');
  throw new Problem(
    'usage',
    `Unknown figure format ${JSON.stringify(name)}: use the extension ${orList(FIGURE_ENDINGS)}, or --format ${names}.`,
  );
}

/** The format that an ending says, for charts of a kind; of several the first that can show such a chart. @throws Problem `usage` */
export function formatOfEnding(ending: string, { basis }: Pick<ChartKind, 'basis'>): FigureFormat {
  const said = FIGURE_FORMATS.filter((format) => format.ending === ending);
  return said.find(({ draws }) => draws.includes(basis)) ?? said[0] ?? formatNamed(ending);
}

/** @throws Problem `usage` with the formats that show such charts */
export function requireShown({ draws, title }: FigureFormat, kind: Pick<ChartKind, 'title' | 'basis'>): void {
  if (draws.includes(kind.basis)) return;
  const able = FIGURE_FORMATS.filter((format) => format.draws.includes(kind.basis)).map(({ name }) => name);
  throw new Problem('usage', `"${kind.title}" cannot be drawn as ${title}: use ${orList(able)}.`);
}
