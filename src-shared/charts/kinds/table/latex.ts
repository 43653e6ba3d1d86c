import { extent } from 'd3-array';
import { accountNotes } from '../../cells/account-notes.ts';
import { bestCell } from '../../cells/best-cell.ts';
import { areCosted, type CellTable, type MeasuredCell, settingLabel } from '../../cells/measured-cell.ts';
import { differencesData } from '../differences/data.ts';
import { cutNotes, intervalText, noteSentence } from '../../quantity.ts';
import { shortCount } from '../../../numbers.ts';
import { booktabsDocument } from '../../latex/booktabs-document.ts';
import { latexText } from '../../latex/latex-text.ts';

/**
 * A table for the booktabs package: one row for each cell with the settings that vary, parameters and MACs if known, mean with its
 * 95 % t interval, and n. The mean of the best cell is bold only where it is significantly better than every
 * other; the caption says how it was chosen and tested.
 */
export function booktabsTable(table: CellTable): string {
  const { cells, varying, quantity } = table;
  const bold = boldCell(table);
  const isCosted = areCosted(cells);
  const costHeads = isCosted ? ['parameters', 'MACs'] : [];
  const heads = [...varying.map(({ title }) => title), ...costHeads, quantity.axis].map(latexText);
  const rows = cells.map((cell) => {
    const settings = varying.map((setting) => latexText(settingLabel(setting, cell.settings[setting.path])));
    const costs = isCosted ? [shortCount(cell.parameters), shortCount(cell.macs)].map(latexText) : [];
    const mean = cell.interval.mean === null ? '--' : latexText(intervalText(quantity, cell.interval));
    return [...settings, ...costs, cell === bold.cell ? `\\textbf{${mean}}` : mean, `${cell.interval.n}`];
  });
  return booktabsDocument({ caption: captionOf(table, bold.why), heads: [...heads, '$n$'], rows });
}

/** The best cell if it is significantly better than each of the others, else null; and what a caption says of it. */
export function boldCell(table: CellTable): { readonly cell: MeasuredCell | null; readonly why: string } {
  const best = bestCell(table);
  if (!best || table.cells.filter(({ measured }) => measured.length > 0).length < 2)
    return { cell: null, why: '' };
  const { rows, claims, baseline } = differencesData(table, null);
  const isWorse = (difference: number): boolean =>
    table.quantity.better === 'lower' ? difference > 0 : difference < 0;
  const isBold = rows.every(({ isSignificant, difference }) => isSignificant && isWorse(difference ?? NaN));
  const claim = isBold
    ? `Bold: significantly better than every other`
    : `No mean is bold: ${baseline.label} is not significantly better than every other`;
  return { cell: isBold ? best.cell : null, why: `${claim} (${[best.by, ...claims].join('; ')}).` };
}

function captionOf(table: CellTable, bold: string): string {
  const { cells, quantity } = table;
  const counts = cells.map(({ interval: { n } }) => n);
  const [least = 0, most = 0] = extent(counts);
  const seeds = least === most ? `${most}` : `${least}$ to $${most}`;
  const means = `${latexText(quantity.title)}: mean and 95\\,\\% t interval over $n = ${seeds}$ seeds.`;
  const cut = cutNotes(
    quantity,
    cells.map(({ interval }) => interval),
  );
  const notes = [...cut, ...accountNotes(table)];
  const words = [bold, ...notes.map(noteSentence)].filter((text) => text !== '');
  return [means, ...words.map(latexText)].join(' ');
}
