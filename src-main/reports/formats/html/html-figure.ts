import { csv } from '../../../files/csv.ts';
import { htmlText } from '../../../../src-shared/html-text.ts';
import { drawSvgWithTitles } from '../../../figures/draw-svg.ts';
import { whole } from '../../../../src-shared/numbers.ts';
import type { ChartStyle } from '../../../../src-shared/charts/chart-style.ts';
import { PAGE_WIDTH } from '../../report-figure.ts';
import { captionOf, type ReportFigure } from '../../report.ts';
import { FIGURE_FONTS } from '../../../figures/font-files.ts';
import { tableHtml } from './html-table.ts';

/** More rows than these would make the page heavy; the command writes all of them. */
const MOST_ROWS = 5000;

/** A figure in both themes, with its caption, its numbers and its command. @param place by which no two have parts of one name */
export function figureHtml(figure: ReportFigure, place: number): string {
  const { title, chart, command, table, data } = figure;
  const themes = (['light', 'dark'] as const).map(
    (theme) => `<div class="${theme}">${themed(figure, theme, `f${place}${theme}`)}</div>`,
  );
  const cautions = (chart.cautions ?? []).map((caution) => `<p class="note">${htmlText(caution)}</p>`);
  return `<figure id="figure-${htmlText(figure.name)}">
<div class="plot" tabindex="0" role="group" aria-label="${htmlText(`${chart.label ?? title}. The numbers are in the table below; arrow keys go from mark to mark.`)}">${themes.join('')}</div>
<figcaption>Figure ${place + 1}. ${htmlText(captionOf(figure))}</figcaption>
${cautions.join('\n')}<details><summary>${table === null ? 'Command' : 'Numbers and command'}</summary>
${table === null ? '' : tableHtml(table)}
<pre>${htmlText(command)}</pre>
${data.rows.length > MOST_ROWS ? `<p class="note">The figure has ${whole(data.rows.length)} rows of numbers; the command with <code>--output FILE.csv</code> writes them.</p>` : `<p class="download"><a download="${htmlText(figure.name)}.csv" href="data:text/csv;charset=utf-8;base64,${Buffer.from(csv(data.columns, data.rows)).toString('base64')}">All digits as CSV</a></p>`}
</details>
</figure>`;
}

function themed({ chart, title, aspect }: ReportFigure, theme: ChartStyle['theme'], id: string): string {
  const style: ChartStyle = {
    ...{
      theme,
      width: PAGE_WIDTH,
      height: Math.round(PAGE_WIDTH * aspect),
      fontFamily: FIGURE_FONTS.sans.stack,
      fontSize: 13,
    },
    ...{ lineWidth: 1.6, interactive: true, title: '', notes: true },
  };
  const own = { ...style, height: Math.round(chart.height(style)) };
  return drawSvgWithTitles(chart.option(own), own)
    .replaceAll(/(id="|url\(#)zr-/g, `$1${id}-`)
    .replace(
      /^<svg[^>]*>/,
      `<svg viewBox="0 0 ${own.width} ${own.height}" role="img" aria-label="${htmlText(chart.label ?? title)}">`,
    );
}
