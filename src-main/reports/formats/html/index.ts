import { createHash } from 'node:crypto';
import { htmlText } from '../../../../src-shared/html-text.ts';
import { REPORT_MARK } from '../../../copies/report-marks.ts';
import { textFile } from '../../../files/exported-file.ts';
import type { Block, Report, ReportFigure } from '../../report.ts';
import type { ReportFormat } from '../format.ts';
import { COPY_TITLE, copyHtml } from './html-copy.ts';
import { markdownHtml } from './markdown-html.ts';
import { tableHtml } from './html-table.ts';
import { PAGE_PROGRAM } from './page-program.ts';
import { PAGE_STYLE } from './page-style.ts';

/** One file that needs nothing else: no network, no installed fonts, and no program but for comfort. */
export const html: ReportFormat = {
  ...{ name: 'html', ending: 'html', title: 'HTML', holdsStudy: true },
  about: 'one file for any browser, without network',
  write: async (report, name) => {
    const [{ figureHtml }, { fontFaces }] = await Promise.all([
      import('./html-figure.ts'),
      import('./font-faces.ts'),
    ]);
    const text = page(report, name, fontFaces() + PAGE_STYLE, figureHtml);
    return { file: textFile(`${name}.html`, 'text/html', text), beside: [], warning: null };
  },
};

/** Nothing is loaded from anywhere, and no program runs but the one that is here. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'font-src data:',
  `script-src 'sha256-${createHash('sha256').update(PAGE_PROGRAM).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

type DrawFigure = (figure: ReportFigure, place: number) => string;

function page(
  { title, about, sections, copy }: Report,
  name: string,
  style: string,
  drawFigure: DrawFigure,
): string {
  let figures = 0;
  const draw = (figure: ReportFigure): string => drawFigure(figure, figures++);
  const titles = [...sections.map((section) => section.title), ...(copy === null ? [] : [COPY_TITLE])];
  const links = titles.map((each, place) => `<li><a href="#s${place + 1}">${htmlText(each)}</a></li>`);
  const parts = sections.map(
    (section, place) => `<section aria-labelledby="s${place + 1}">
<h2 id="s${place + 1}">${htmlText(section.title)}</h2>
${section.blocks.map((block) => blockHtml(block, draw)).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${REPORT_MARK}
<title>${htmlText(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${htmlText(title)}</h1>
<p class="about">${htmlText(about)}</p>
<nav aria-label="Contents"><ul>
${links.join('\n')}
</ul></nav>
</header>
<main>
${parts.join('\n')}
${copy === null ? '' : copyHtml(copy, name, parts.length + 1)}
</main>
<script>${PAGE_PROGRAM}</script>
</body>
</html>
`;
}

function blockHtml(block: Block, draw: (figure: ReportFigure) => string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${htmlText(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${htmlText(item)}</li>`).join('\n')}</ul>`;
    case 'facts':
      return `<dl>${block.facts.map(({ name, value }) => `<dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd>`).join('\n')}</dl>`;
    case 'code':
      return `<pre tabindex="0">${htmlText(block.text)}</pre>`;
    case 'table':
      return tableHtml(block.table);
    case 'figure':
      return draw(block.figure);
    case 'markdown':
      return markdownHtml(block.blocks);
  }
}
