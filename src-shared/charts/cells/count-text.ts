import { extent } from 'd3-array';
import { andList } from '../../lists.ts';
import { counted } from '../../counted.ts';
import { nText, whole } from '../../numbers.ts';
import { type MeasuredCell, settingKey, settingLabel, type VaryingSetting } from './measured-cell.ts';

/** What a mean is of: so many seeds, each the mean over so many cells. */
export interface MeanCount {
  readonly seeds: number;
  readonly cells: number;
  /** Of an imported network, which has neither seeds nor a cell. */
  readonly isImported?: boolean;
}

/** What the marks are: `mean and 95 % t interval`; nothing of imported networks alone, of which there are no means. */
export function meanText(counts: readonly MeanCount[]): string {
  if (areImported(counts)) return '';
  return counts.some(({ seeds }) => seeds > 1)
    ? 'mean and 95\u00a0% t interval'
    : 'mean; one seed has no interval';
}

/**
 * `n = 3 seeds of 1 cell`, or from the least to the most of several means; those of no cell do not count. Imported networks
 * beside cells are told of elsewhere.
 */
export function countText(counts: readonly MeanCount[]): string {
  if (areImported(counts)) return nText('1 imported network');
  const drawn = counts.filter(({ cells, isImported }) => cells > 0 && isImported !== true);
  if (drawn.length === 0) return 'no finished runs yet';
  const seeds = rangeText(
    drawn.map((count) => count.seeds),
    'seed',
  );
  const cells = rangeText(
    drawn.map((count) => count.cells),
    'cell',
  );
  const none = drawn.some((count) => count.seeds === 0)
    ? ' (0: the cells share too few for an interval; the mean is the mean of their means)'
    : '';
  return `${nText(seeds)} of ${cells}${none}`;
}

function areImported(counts: readonly MeanCount[]): boolean {
  return counts.length > 0 && counts.every(({ isImported }) => isImported);
}

/** `3 seeds`, `2 to 3 seeds`. */
export function rangeText(counts: readonly number[], what: string): string {
  const [least = 0, most = 0] = extent(counts);
  return least === most ? counted(most, what) : `${whole(least)} to ${counted(most, what)}`;
}

/** Of more values of a setting their number is told. */
const MOST_VALUES = 8;

/**
 * Which cells, by the settings in which they differ or could: `3×3 share 0.5 and 1, bypass none`. Where these are not all
 * combinations of the values, it says how many there are.
 */
export function cellsText(
  cells: readonly Pick<MeasuredCell, 'settings'>[],
  settings: readonly VaryingSetting[],
): string {
  const valuesOf = ({ path, values }: VaryingSetting): VaryingSetting['values'] => {
    const present = new Set(cells.map((cell) => settingKey(cell.settings[path])));
    return values.filter((value) => present.has(settingKey(value)));
  };
  const present = settings.map((setting) => ({ setting, values: valuesOf(setting) }));
  const combinations = present.reduce((product, { values }) => product * values.length, 1);
  const words = present.map(({ setting, values }) =>
    values.length > MOST_VALUES
      ? `${values.length} values of ${setting.title}`
      : `${setting.title} ${andList(values.map((value) => settingLabel(setting, value)))}`,
  );
  const some = combinations === cells.length ? '' : ` (${cells.length} of ${combinations} combinations)`;
  return words.length === 0 ? '' : `${words.join(', ')}${some}`;
}
