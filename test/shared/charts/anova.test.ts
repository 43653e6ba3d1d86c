import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import { anovaTable } from '../../../src-shared/charts/kinds/anova/table.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { booktabsAnova } from '../../../src-shared/charts/kinds/anova/latex.ts';
import { failed, type SampleRuns, sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const AXES = { x: 'network.sr', y: 'network.pct3x3' };

function analyse({ index, rows, cells }: SampleRuns): ReturnType<typeof anovaData> {
  return anovaData(measureCells(index, rows, cells, 'testAccuracy'), AXES);
}

test('with a run missing the seed stays a block, and table, caption and export say what was done (no. 1)', () => {
  const whole = analyse(sampleRuns(TWO_FACTORS, 3));
  assert.equal(whole.method, '36 runs, the seed as a block');
  const data = analyse(
    sampleRuns(TWO_FACTORS, 3, (run, { cell, seed }) => (cell === 4 && seed === 1 ? failed(run) : run)),
  );
  assert.equal(data.method, '35 of 36 runs, type II with the seed as a block: some cells lack a seed');
  assert.deepEqual(
    data.rows.map(({ title, degreesOfFreedom }) => [title, degreesOfFreedom]),
    [
      ['squeeze ratio', 3],
      ['3×3 share', 2],
      ['interaction', 6],
      ['seed', 2],
      ['residual', 21],
    ],
  );
  const table = anovaTable(data);
  assert.equal(table.rows[0]?.at(-1), data.method);
  assert.equal(table.notes?.[0], data.method);
  assert.match(booktabsAnova(data), /\\caption\{[^}]*35 of 36 runs, type II with the seed as a block/);
});

test('both shares of variance are named for what they are (no. 8)', () => {
  const data = analyse(sampleRuns(TWO_FACTORS, 3));
  const [eta = '', omega = ''] = data.notes;
  assert.match(eta, /^η² is a source's share of the total variance.* add up to 1/);
  assert.match(omega, /^Partial ω² .* do not add up/);
  const text = booktabsAnova(data);
  assert.match(text, /source & df & \$F\$ & \$p\$ & \$\\eta\^2\$ & partial \$\\omega\^2\$/);
  assert.match(text, /share of the total variance/);
  assert.deepEqual(anovaTable(data).columns.slice(6, 8), ['eta squared', 'partial omega squared']);
});

test('what cannot be estimated has no number, and the table says why (no. 1)', () => {
  const data = analyse(
    sampleRuns('network.sr: [0.5, 1]\n  network.pct3x3: [0, 1]', 3, (run, { cell }) =>
      cell === 3 ? failed(run) : run,
    ),
  );
  assert.deepEqual(data.rows[2], {
    ...{ title: 'interaction', degreesOfFreedom: null, sumOfSquares: null },
    ...{ etaSquared: null, f: null, p: null, partialOmegaSquared: null },
  });
  assert.match(data.notes.join('\n'), /The interaction cannot be estimated: no complete run for 1 × 1\./);
  assert.match(booktabsAnova(data), /interaction & -- & -- & -- & -- & --/);
});

test('a third setting that varies is named, not averaged over', () => {
  const runs = sampleRuns(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, 2);
  assert.throws(() => analyse(runs), /while other settings vary too \(bypass\)/);
});
