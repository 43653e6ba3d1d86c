import { htmlText } from '../../../../src-shared/html-text.ts';
import type { ReportTable } from '../../report.ts';

/** A table that scrolls sideways by itself where it is too wide. */
export function tableHtml({ caption, columns, rows, notes }: ReportTable): string {
  const look = (place: number): string => (columns[place]?.isNumber === true ? ' class="number"' : '');
  const heads = columns.map(({ title }, place) => `<th scope="col"${look(place)}>${htmlText(title)}</th>`);
  const lines = rows.map((row) => {
    const cells = row.map((cell, place) =>
      place === 0
        ? `<th scope="row"${look(place)}>${htmlText(cell)}</th>`
        : `<td${look(place)}>${htmlText(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    `<div class="scroll" tabindex="0" role="group" aria-label="${htmlText(caption === '' ? 'Numbers' : caption)}"><table>`,
    caption === '' ? '' : `<caption>${htmlText(caption)}</caption>`,
    `<thead><tr>${heads.join('')}</tr></thead>`,
    `<tbody>${lines.join('\n')}</tbody></table></div>`,
    ...notes.map((note) => `<p class="note">${htmlText(note)}</p>`),
  ].join('\n');
}
