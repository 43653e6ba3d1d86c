import { counted } from '../../../../src-shared/counted.ts';
import { andList } from '../../../../src-shared/lists.ts';
import { decimalSize } from '../../../../src-shared/numbers.ts';
import { MOST_PACKED } from '../../../copies/packed-copy.ts';
import { COPY_BEGIN, COPY_END } from '../../../copies/report-marks.ts';
import { htmlText } from '../../../../src-shared/html-text.ts';
import { shellWord } from '../../../typed-command.ts';
import type { ReportCopy } from '../../report.ts';

export const COPY_TITLE = 'Open in Kindling';

/** The study itself, and how it is opened. @param name of the file, without the ending. @param place of the section */
export function copyHtml({ packed, runs, unended }: ReportCopy, name: string, place: number): string {
  const { leftOut, sha256 } = packed;
  const content = JSON.stringify(packed);
  const notes = [
    leftOut.length === 0
      ? ''
      : `Left out are ${andList(leftOut)}: with them the study would have more than ${decimalSize(MOST_PACKED)}, packed.`,
    unended === 0
      ? ''
      : `${counted(unended, 'run')} that had not ended when the report was written ${unended === 1 ? 'is' : 'are'} not in it.`,
    `SHA-256 of the study: ${sha256}`,
  ];
  return `<section aria-labelledby="s${place}">
<h2 id="s${place}">${COPY_TITLE}</h2>
<p>This file holds the study itself (${decimalSize(content.length)}): ${counted(runs, 'run')} with settings, seeds, results, curves, provenance, notes and tags. Kindling opens it: drop this file on <em>Import runs</em> on the page Studies, or type</p>
<pre>kindling study open ${htmlText(shellWord(`${name}.html`))}</pre>
<p>Tables, effects, figures and this report are the same there. Weights, and pictures and arrays of layer analyses, are not in it: they stay where the runs were trained.</p>
${notes
  .filter((note) => note !== '')
  .map((note) => `<p class="note">${htmlText(note)}</p>`)
  .join('\n')}
${COPY_BEGIN}${content}${COPY_END}
</section>`;
}
