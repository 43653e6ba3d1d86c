import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ReportFiles } from '../../../src-main/reports/formats/format.ts';
import { latex } from '../../../src-main/reports/formats/latex/index.ts';
import type { Block, Report } from '../../../src-main/reports/report.ts';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import { withoutLatex } from '../../latex.ts';
import { addHostileStudy, reportSetting } from './report-store.ts';

function hostileReport(t: TestContext): Promise<ReportFiles> {
  const setting = reportSetting(t, (store) => addHostileStudy(store, '['));
  return makeReport(setting, 'hostile').then((report) => latex.write(report, 'hostile'));
}

/** Tables that are too wide for a page, for a turned one, and too long for either. */
function wideReport(): Report {
  const table = (columns: number, rows: number): Block => ({
    kind: 'table',
    table: {
      caption: `A table of ${columns} columns.`,
      columns: Array.from({ length: columns }, (_, place) => ({
        title: place === 0 ? 'cell' : `measure${place}`,
        isNumber: place > 0,
      })),
      rows: Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, place) => (place === 0 ? `cell ${row}` : `${row}.${place}`)),
      ),
      notes: ['A note.'],
    },
  });
  const blocks = [table(4, 90), table(16, 60), table(40, 3)];
  return { title: 'wide', about: '', sections: [{ title: 'Tables', blocks }], copy: null };
}

function begunAndEnded(text: string): [string[], string[]] {
  const of = (command: string): string[] =>
    [...text.matchAll(new RegExp(String.raw`\\${command}\{(\w+)\}`, 'g'))]
      .map(([, name = '']) => name)
      .sort();
  return [of('begin'), of('end')];
}

test('a report as LaTeX is a document whose figures lie beside it as PDF', async (t) => {
  const { file, beside, warning } = await latex.write(
    await makeReport(reportSetting(t), 'two-by-two'),
    'my-report',
  );
  const text = Buffer.from(file.bytes).toString();
  assert.deepEqual([file.fileName, warning], ['my-report.tex', null]);
  const included = [...text.matchAll(/\\includegraphics\[[^\]]*\]\{([^}]+)\}/g)].map(([, name = '']) => name);
  assert.ok(included.length > 1);
  assert.deepEqual(
    included,
    beside.map(({ fileName }) => fileName),
  );
  for (const { bytes } of beside) assert.match(Buffer.from(bytes.subarray(0, 5)).toString(), /^%PDF-/);
  const [begun, ended] = begunAndEnded(text);
  assert.deepEqual(begun, ended);
  assert.match(text, /\\section\{Answer\}/);
});

test('names that people chose are no commands in LaTeX', async (t) => {
  const { file } = await hostileReport(t);
  const text = Buffer.from(file.bytes).toString();
  const [begun, ended] = begunAndEnded(text);
  assert.deepEqual(begun, ended);
  // rows end with two backslashes, and have as many cells as their heads
  for (const [table = ''] of text.matchAll(/\\toprule[^]*?\\end\{longtable\}/g)) {
    const rows = table.split('\n').filter((row) => row.endsWith(String.raw`\\`));
    const widths = rows.map((row) => row.split(/(?<!\\)&/).length);
    assert.equal(new Set(widths).size, 1, table);
    for (const row of rows) assert.doesNotMatch(row, /^\s*[[*]/);
  }
});

test('a table that is too wide is turned, and one that is too wide for that, too, stands in parts', async () => {
  const { file } = await latex.write(wideReport(), 'wide');
  const text = Buffer.from(file.bytes).toString();
  const parts = text.split(String.raw`\begin{landscape}`);
  const heads = parts.map((part) =>
    [...part.matchAll(/^cell( & measure\d+)+ \\\\$/gm)].map(([head]) => head),
  );
  assert.deepEqual(
    heads.map((each) => each.length),
    [1, 1, 3],
  );
  // each column but the first is in one part
  const names = heads[2]?.flatMap((head) => head.match(/measure\d+/g) ?? []) ?? [];
  assert.deepEqual(
    names,
    Array.from({ length: 39 }, (_, place) => `measure${place + 1}`),
  );
  assert.equal(text.match(/A note\./g)?.length, 3);
});

test('LaTeX cannot include figures from every folder, which is said', async (t) => {
  const { warning } = await latex.write(await makeReport(reportSetting(t), 'two-by-two'), '50%');
  assert.match(warning ?? '', /LaTeX cannot include figures from 50%_files/);
});

test(
  'pdflatex sets a report, whatever its names, without an error and without a table that is too wide',
  { skip: withoutLatex('booktabs.sty', 'longtable.sty', 'geometry.sty', 'graphicx.sty', 'pdflscape.sty') },
  async (t) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-latex-'));
    t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const plain = await latex.write(await makeReport(reportSetting(t), 'two-by-two'), 'plain');
    for (const { file, beside } of [plain, await hostileReport(t), await latex.write(wideReport(), 'wide')]) {
      for (const { fileName, bytes } of [file, ...beside]) {
        const target = path.join(folder, fileName);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, bytes);
      }
      const options = { cwd: folder, encoding: 'utf8' } as const;
      const { status, stdout } = spawnSync('pdflatex', ['-interaction=nonstopmode', file.fileName], options);
      assert.equal(status, 0, stdout.slice(-3000));
      assert.doesNotMatch(stdout, /^!|Overfull \\hbox \(\d{2,}[^)]*\) in alignment/m);
    }
  },
);
