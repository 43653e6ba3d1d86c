import Table from 'cli-table3';
import {
  areCosted,
  type CellTable,
  type MeasuredCell,
  settingLabel,
} from '../../../src-shared/charts/cells/measured-cell.ts';
import { intervalText, type Quantity, quantityText } from '../../../src-shared/charts/quantity.ts';
import { shortCount, whole } from '../../../src-shared/numbers.ts';
import { isCut } from '../../../src-shared/statistics/interval.ts';

const PLAIN_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/**
 * One line per cell: the settings that vary, mean and half width of the 95 % t interval (unless it was cut), its bounds, n,
 * parameters and multiply-accumulates, if known. Plain text without colours, numbers to the right.
 */
export function studyTable({ cells, varying, quantity }: CellTable): string {
  const names = varying.map(({ short }) => short);
  const isCosted = areCosted(cells);
  const costHeads = isCosted ? ['parameters', 'MACs'] : [];
  const head = [...names, quantity.axis, '95 % t interval', 'n', ...costHeads];
  const table = new Table({
    head,
    chars: PLAIN_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map(() => 'right'),
  });
  for (const cell of cells) {
    const values = varying.map((setting) => settingLabel(setting, cell.settings[setting.path]));
    const costs = isCosted ? [whole(cell.parameters), shortCount(cell.macs)] : [];
    table.push([...values, ...meanTexts(cell, quantity), `${cell.interval.n}`, ...costs]);
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function meanTexts({ interval }: MeasuredCell, quantity: Quantity): string[] {
  const { mean, low, high } = interval;
  if (mean === null) return ['no runs', '–'];
  const centre = quantityText(quantity, mean);
  if (low === null || high === null) return [centre, '–'];
  const bounds = `${quantityText(quantity, low)} to ${quantityText(quantity, high)}`;
  return [isCut(interval) ? centre : intervalText(quantity, interval), bounds];
}
