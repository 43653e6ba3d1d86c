import {
  type CellTable,
  cellText,
  type MeasuredCell,
  sameSetting,
  settingsText,
} from '../cells/measured-cell.ts';

/** Characters beyond which a name is no part of a sentence any more. */
const LONGEST = 80;
/** Settings of a longer name that are kept. */
const KEPT = 3;

/**
 * What a cell is called in a sentence: as elsewhere, but of cells that differ in many settings, as those of a list of networks, by their
 * family and the one that tells it apart from all others, or by the first few.
 */
export function cellName({ cells, varying }: CellTable, cell: MeasuredCell): string {
  const whole = cellText(varying, cell) || cell.id;
  if (whole.length <= LONGEST) return whole;
  const value = (path: string): (typeof cell.settings)[string] => cell.settings[path] ?? null;
  const known = varying.filter(({ path }) => value(path) !== null);
  const isOwn = (...settings: typeof known): boolean =>
    cells.filter((other) => settings.every(({ path }) => sameSetting(other.settings[path], value(path))))
      .length === 1;
  const family = known.filter(({ path }) => path === 'network.family');
  if (family.length > 0 && isOwn(...family)) return settingsText(family, cell.settings);
  const own = known.find((setting) => isOwn(...family, setting));
  return own
    ? settingsText([...family, own], cell.settings)
    : `${settingsText([...family, ...known].slice(0, KEPT), cell.settings)}, …`;
}
