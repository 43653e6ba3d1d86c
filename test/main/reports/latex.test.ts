import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { ReportFiles } from '../../../src-main/reports/formats/format.ts';
import { latex } from '../../../src-main/reports/formats/latex/index.ts';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import { withoutLatex } from '../../latex.ts';
import { HOSTILE_NOTE } from '../../fixtures/hostile-notes.ts';
import { HOSTILE, importedStudy, reportSetting } from './report-store.ts';
import { importWhole } from '../store/import-whole.ts';

function hostileReport(t: TestContext): Promise<ReportFiles> {
  const study = importedStudy(
    'hostile',
    [
      [1, 2],
      [null, 1],
    ],
    (cell) => `[${HOSTILE}${cell}`,
  );
  const setting = reportSetting(t, (store) => {
    importWhole(store, study);
    store.annotateStudy('hostile', HOSTILE_NOTE, null);
  });
  return makeReport(setting, 'hostile').then((report) => latex.write(report, 'hostile'));
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

test('LaTeX cannot include figures from every folder, which is said', async (t) => {
  const { warning } = await latex.write(await makeReport(reportSetting(t), 'two-by-two'), '50%');
  assert.match(warning ?? '', /LaTeX cannot include figures from 50%_files/);
});

test(
  'pdflatex sets a report, whatever its names, without an error and without a table that is too wide',
  { skip: withoutLatex('booktabs.sty', 'longtable.sty', 'geometry.sty', 'graphicx.sty') },
  async (t) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-latex-'));
    t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const plain = await latex.write(await makeReport(reportSetting(t), 'two-by-two'), 'plain');
    for (const { file, beside } of [plain, await hostileReport(t)]) {
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
