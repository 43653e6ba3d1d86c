import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { confusionChart } from '../../../src-shared/charts/kinds/confusion/chart.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { pdflatexWarning } from '../../../src-main/figures/pdflatex-letters.ts';
import { pgfDocument, type PgfFile } from '../../../src-shared/charts/latex/pgf-document.ts';
import { chartStyle } from '../../../src-main/figures/svg-figure.ts';
import { withoutLatex } from '../../latex.ts';
import { matrices } from '../../shared/charts/sample-matrices.ts';

function figure(
  chart: Chart,
  name = 'figure',
  style: unknown = {},
): { readonly tex: string; readonly pictures: readonly PgfFile[] } {
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'runs', runs: ['a'] },
    chart: { kind: 'confusion' },
    style,
  });
  const look = chartStyle(chart, specification.style);
  const drawn = chart.pgfplots(look, name);
  return { tex: pgfDocument(drawn, look, chart.notes), pictures: drawn.files ?? [] };
}

function squaresOf(tex: string): number {
  return [...tex.matchAll(/^\d+ \d+ (?:[\d.]+|nan)\\\\$/gm)].length;
}

test('a matrix of many classes is a picture beside the LaTeX file, as TeX could not hold its squares', async () => {
  const few: Chart = confusionChart(matrices(50, 2));
  assert.deepEqual([squaresOf(figure(few).tex), figure(few).pictures], [5000, []]);
  const many: Chart = confusionChart(matrices(100, 2));
  const { tex, pictures } = figure(many, 'my_figure of_100');
  assert.equal(squaresOf(tex), 0);
  assert.deepEqual(
    pictures.map(({ fileName }) => fileName),
    ['my-figure-of-100-1.png', 'my-figure-of-100-2.png'],
  );
  for (const { fileName, bytes } of pictures) {
    assert.ok(tex.includes(`{${fileName}}`), fileName);
    const { width, height, format } = await sharp(bytes).metadata();
    assert.deepEqual([width, height, format], [1000, 1000, 'png']);
  }
  assert.match(tex, /drawn as images without numbers, because there are more than 50 classes/);
  assert.doesNotMatch(figure(many, 'x', { notes: false }).tex, /without numbers/);
});

const skip = withoutLatex('standalone.cls', 'pgfplots.sty');

test('pdflatex sets matrices of any size within its capacity', { skip }, () => {
  for (const [classes, panels] of [
    [12, 4],
    [100, 1],
  ] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'kindling-latex-'));
    try {
      const { tex, pictures } = figure(confusionChart(matrices(classes, panels)));
      writeFileSync(join(folder, 'figure.tex'), tex);
      for (const { fileName, bytes } of pictures) writeFileSync(join(folder, fileName), bytes);
      const { status, stdout } = spawnSync('pdflatex', ['-interaction=nonstopmode', 'figure.tex'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout.slice(-2000));
      assert.match(stdout, /Output written on figure\.pdf \(1 page/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
});

/** A document of this class name. */
function namedAfter(name: string): string {
  const data = { ...matrices(2, 1), classes: [name, 'dog'] };
  return figure(confusionChart(data)).tex;
}

test('letters that pdflatex cannot typeset are named, and no others', { skip }, () => {
  for (const [name, lost] of [
    ['Ärger łódź Ἕ', 'Ἕ (U+1F1D)'],
    ['cafe\u0301 naïve “β” ≤ 3 ≠ ∞', null],
    ['猫 и 🐈', '猫, и, 🐈 (U+732B, U+0438, U+1F408)'],
  ] as const) {
    const tex = namedAfter(name);
    const warning = pdflatexWarning(tex);
    if (lost === null) assert.equal(warning, null);
    else assert.ok(warning?.includes(`cannot typeset ${lost}: use lualatex or xelatex`), warning ?? name);
    const folder = mkdtempSync(join(tmpdir(), 'kindling-latex-'));
    try {
      writeFileSync(join(folder, 'figure.tex'), tex);
      const { stdout } = spawnSync('pdflatex', ['-interaction=nonstopmode', 'figure.tex'], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(stdout.includes('not set up for use'), lost !== null, name);
      assert.equal(stdout.includes('Output written'), true, name);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  assert.equal(pdflatexWarning('x % 猫\n50 \\% of y'), null);
  assert.match(pdflatexWarning('50 \\% of 猫') ?? '', /猫/);
});
