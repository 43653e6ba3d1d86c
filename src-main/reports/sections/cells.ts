import { leftOutText } from '../../../src-shared/charts/cells/account-notes.ts';
import { areCosted, type CellTable, settingLabel } from '../../../src-shared/charts/cells/measured-cell.ts';
import { cutNotes, intervalText, quantityText } from '../../../src-shared/charts/quantity.ts';
import { shortCount, whole } from '../../../src-shared/numbers.ts';
import { tableBlock } from '../report-table.ts';
import type { Section } from '../report.ts';

/** One row for each cell: mean with its interval, n, cost, and which runs do not count. */
export function cellsSection({ cells, varying, quantity }: CellTable): Section {
  const isCosted = areCosted(cells);
  const isWhole = cells.every(({ leftOut }) => leftOut.length === 0);
  const columns = [
    ...(varying.length === 0 ? ['cell'] : varying.map(({ title }) => title)),
    ...[quantity.axis, '95\u00a0% t interval', 'n'],
    ...(isCosted ? ['parameters', 'MACs'] : []),
    ...(isWhole ? [] : ['left out']),
  ];
  const rows = cells.map(({ id, settings, interval, leftOut, parameters, macs }) => {
    const { mean, low, high, n } = interval;
    return [
      ...(varying.length === 0
        ? [id]
        : varying.map((setting) => settingLabel(setting, settings[setting.path]))),
      mean === null ? '–' : intervalText(quantity, interval),
      low === null || high === null
        ? '–'
        : `${quantityText(quantity, low)} to ${quantityText(quantity, high)}`,
      String(n),
      ...(isCosted ? [whole(parameters), shortCount(macs)] : []),
      ...(isWhole ? [] : [leftOutText(leftOut, quantity.title)]),
    ];
  });
  const notes = [
    ...cutNotes(
      quantity,
      cells.map(({ interval }) => interval),
    ),
    ...(cells.some(({ interval }) => interval.n === 1) ? ['a cell with one seed has no interval'] : []),
  ];
  return {
    title: 'Cells',
    blocks: [
      tableBlock(
        { columns, rows, notes: notes.map((note) => `Note: ${note}.`) },
        `Each cell: mean ${quantity.title} over n seeds with its 95\u00a0% t interval.`,
      ),
    ],
  };
}
