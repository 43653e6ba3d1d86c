import { bestCell, differencesData } from '../../src-shared/charts/differences/data.ts';
import { accountNotes } from '../../src-shared/charts/cells/account-notes.ts';
import type { CellTable, MeasuredCell } from '../../src-shared/charts/cells/measured-cell.ts';
import {
  capital,
  countText,
  type Quantity,
  quantityText,
  spreadText,
} from '../../src-shared/charts/quantity.ts';
import { factorText } from '../../src-shared/names/factor-text.ts';
import { booktabsDocument } from './booktabs-document.ts';
import { latexText } from './latex-text.ts';

/** Below this a difference counts. */
const LEVEL = 0.05;

/**
 * A table for the booktabs package: one row for each cell with the settings that vary, parameters, MACs, mean with half
 * width of the 95 % t interval, and n. The best mean is bold only where its difference to every other is significant
 * after Holm's correction; the caption says which test that was.
 */
export function booktabsTable(table: CellTable): string {
  const { cells, varying, quantity } = table;
  const best = significantBest(table);
  const heads = [...varying.map(({ title }) => title), 'parameters', 'MACs', quantity.axis].map(latexText);
  const rows = cells.map((cell) => {
    const settings = varying.map(({ path }) => latexText(factorText(cell.settings[path])));
    const costs = [countText(cell.parameters), countText(cell.macs)].map(latexText);
    const mean = meanText(cell, quantity);
    return [...settings, ...costs, cell === best ? `\\textbf{${mean}}` : mean, `${cell.interval.n}`];
  });
  return booktabsDocument({ caption: captionOf(table, best), heads: [...heads, '$n$'], rows });
}

/** The best cell if it is better than each of the others for sure; null otherwise, or without another. */
export function significantBest(table: CellTable): MeasuredCell | null {
  const measured = table.cells.filter(({ measured: runs }) => runs.length > 0);
  const best = bestCell(measured, table.quantity);
  if (!best || measured.length < 2) return null;
  const { rows } = differencesData(table, best.id);
  return rows.every(({ adjustedP }) => adjustedP !== null && adjustedP < LEVEL) ? best : null;
}

function meanText({ interval: { mean, halfWidth } }: MeasuredCell, quantity: Quantity): string {
  if (mean === null) return '--';
  const centre = latexText(quantityText(quantity, mean));
  return halfWidth === null ? centre : `${centre} $\\pm$ ${latexText(spreadText(quantity, halfWidth))}`;
}

function captionOf(table: CellTable, best: MeasuredCell | null): string {
  const { cells, quantity } = table;
  const counts = cells.map(({ interval: { n } }) => n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const seeds = least === most ? `${most}` : `${least} to ${most}`;
  const comparison =
    'every other by the t test (paired by seed where seeds are shared), Holm-corrected, $p < 0.05$';
  const bold = best
    ? ` Bold: better than ${comparison}.`
    : ` No mean is bold: the best does not differ from ${comparison}.`;
  const account = accountNotes(table)
    .map((note) => ` ${latexText(capital(note))}.`)
    .join('');
  return `${latexText(quantity.title)}: mean and half width of the 95\\,\\% t interval over $n = ${seeds.replace(' to ', '$ to $')}$ seeds.${bold}${account}`;
}
