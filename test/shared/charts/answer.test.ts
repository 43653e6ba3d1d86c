import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerEffects } from '../../../src-shared/charts/answer/answer-effects.ts';
import { cellName } from '../../../src-shared/charts/answer/cell-name.ts';
import { studyAnswer } from '../../../src-shared/charts/answer/study-answer.ts';
import { answerCharts } from '../../../src-shared/charts/answer/suited-charts.ts';
import type { CellTable, MeasuredCell } from '../../../src-shared/charts/cells/measured-cell.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import { USUAL_MODEL } from '../../../src-shared/charts/kinds/anova/model.ts';
import { mean } from '../../../src-shared/statistics/interval.ts';
import { pairedTTest } from '../../../src-shared/statistics/t-test.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';
import { simulatedCells } from './simulated-cells.ts';

const tableOf = (...sample: Parameters<typeof sampleRuns>): CellTable =>
  sourceOfRuns(sampleRuns(...sample)).cells('testAccuracy');

const valuesAt = ({ cells }: CellTable, isAt: (cell: MeasuredCell) => boolean): number[] =>
  cells.filter(isAt).flatMap(({ measured }) => measured.map(({ value }) => value));

test('of one factor with two values the answer is the paired t test of its cells', () => {
  const table = tableOf('network.sr: [0.25, 1]', 4);
  const [low, high] = table.cells;
  assert.ok(low && high);
  const differences = high.measured.map(({ value }, place) => value - (low.measured[place]?.value ?? NaN));
  const tested = pairedTTest(differences);
  assert.ok(tested);
  const points = (value: number): string => (100 * value).toFixed(2);
  const p = tested.p < 0.001 ? 'p < 0.001' : `p = ${tested.p.toFixed(3)}`;
  const { headline, notes } = studyAnswer(table);
  assert.equal(
    headline,
    `From 1 to 0.25, the squeeze ratio costs ${points(tested.difference)} points of test accuracy (95\u00a0% interval ${points(tested.low)} to ${points(tested.high)}, n\u00a0=\u00a04, ${p}).`,
  );
  assert.match(notes.join(' '), /^With 4 seeds this rests on the assumption that runs vary normally/);
});

test('of several factors the largest effect is told first, in means over the others, and best to worst', () => {
  const table = tableOf(TWO_FACTORS, 3);
  const at = (path: string, value: number): number =>
    mean(valuesAt(table, ({ settings }) => settings[path] === value));
  const ratio = 100 * (at('network.sr', 1) - at('network.sr', 0.125));
  const share = 100 * (at('network.pct3x3', 1) - at('network.pct3x3', 0));
  assert.ok(share > ratio);
  const { headline, further, isFound } = studyAnswer(table);
  assert.ok(isFound);
  assert.ok(
    headline.startsWith(
      `From 1 to 0, the 3×3 share costs ${share.toFixed(2)} points of test accuracy on average over the squeeze ratio (95\u00a0% interval`,
    ),
    headline,
  );
  assert.match(headline, /, n\u00a0=\u00a012, p < 0\.001 after Holm\)\.$/);
  assert.ok(
    further[0]?.startsWith(`From 1 to 0.125, the squeeze ratio costs ${ratio.toFixed(2)} points`),
    further[0],
  );
  assert.deepEqual(
    answerCharts(table).map(({ word }) => word),
    ['Heat map', 'By SR', 'By 3×3', 'Effects', 'Cost'],
  );
});

test('where less is better the worse value raises the metric', () => {
  const table = sourceOfRuns(sampleRuns('network.sr: [0.25, 1]', 4)).cells('testLoss');
  assert.match(
    studyAnswer(table).headline,
    /^From 1 to 0\.25, the squeeze ratio raises test loss by 0\.\d+ \(/,
  );
});

test('of a setting that counts something a sentence says what its number does', () => {
  const { headline } = studyAnswer(tableOf('training.epochs: [1, 2]', 2));
  assert.match(headline, /the number of epochs (matters|costs|lowers|makes)/);
  assert.doesNotMatch(studyAnswer(tableOf('network.bypass: [none, simple]', 2)).headline, /number of bypass/);
});

test('an interaction is told with what the same change makes at either end', () => {
  const table = tableOf('network.sr: [0.25, 1]\n  network.pct3x3: [0, 1]', 6, (run) => {
    const { testAccuracy } = run.metrics;
    const isLost = run.factors['network.sr'] === 0.25 && run.factors['network.pct3x3'] === 0;
    return isLost && testAccuracy !== undefined && testAccuracy !== null
      ? { ...run, metrics: { ...run.metrics, testAccuracy: testAccuracy - 0.2 } }
      : run;
  });
  const cell = (sr: number, share: number): number =>
    mean(
      valuesAt(
        table,
        ({ settings }) => settings['network.sr'] === sr && settings['network.pct3x3'] === share,
      ),
    );
  const lost = (share: number): string =>
    (100 * (cell(0.25, share) - cell(1, share))).toFixed(2).replace('-', '−');
  const gained = (sr: number): string => (100 * (cell(sr, 0) - cell(sr, 1))).toFixed(2).replace('-', '−');
  const told = studyAnswer(table).further.at(-1) ?? '';
  assert.ok(
    [
      `of ${lost(0)} points where the 3×3 share is 0, and of ${lost(1)} points where the 3×3 share is 1.`,
      `of ${gained(0.25)} points where the squeeze ratio is 0.25, and of ${gained(1)} points where the squeeze ratio is 1.`,
    ].some((end) => told.endsWith(end)),
    told,
  );
});

test('what the runs do not tell is said: none, one, one seed, some still to come', () => {
  const none = tableOf('network.sr: [0.25, 1]', 2, (run) => ({ ...run, state: 'waiting' }));
  assert.deepEqual(
    [studyAnswer(none).headline, answerCharts(none).length > 0],
    ['No run has a test accuracy yet, so there is no answer.', true],
  );
  const only = tableOf('network.sr: [1]', 3);
  assert.match(
    studyAnswer(only).headline,
    /^Test accuracy is \d\d\.\d\u00a0% on average \(95\u00a0% interval \d\d\.\d to \d\d\.\d, n\u00a0=\u00a03\)\.$/,
  );
  assert.match(
    studyAnswer(tableOf('network.sr: [1]', 1)).headline,
    /in the one run; with one seed nobody knows/,
  );
  const single = studyAnswer(tableOf('network.sr: [0.25, 1]', 1));
  assert.match(single.headline, /over 2 cells with one seed each: .* nothing can be tested\.$/);
  assert.equal(single.isFound, false);
  const begun = tableOf('network.sr: [0.25, 1]', 4, (run, { seed }) =>
    seed === 3 ? { ...run, state: 'running' } : run,
  );
  assert.match(studyAnswer(begun).headline, /^So far, with 6 of 8 runs: from 1 to 0\.25, /);
  const failed = tableOf('network.sr: [0.25, 1]', 4, (run, { seed, cell }) =>
    seed === 3 && cell === 0 ? { ...run, state: 'failed' } : run,
  );
  assert.match(studyAnswer(failed).headline, /^From 1 to 0\.25, .*, n\u00a0=\u00a04 and 3, p/);
  const lone = tableOf('network.sr: [0.25, 1]', 2, (run, { cell }) => (cell === 0 ? null : run));
  assert.match(studyAnswer(lone).headline, /of 2 cells only one has a run, SR = 1: test accuracy is/);
});

test('seeds that cannot tell are said to, with the difference that was seen', () => {
  const random = randomStream(5, 'same');
  const table = tableOf('network.bypass: [none, simple]', 3, (run) => ({
    ...run,
    metrics: { ...run.metrics, testAccuracy: 0.7 + 0.01 * random.normal() },
  }));
  const { headline, isFound } = studyAnswer(table);
  assert.equal(isFound, false);
  assert.match(
    headline,
    /^3 seeds cannot tell whether the bypass matters for test accuracy: the difference, from \w+ to \w+, is \d\.\d\d points \(95\u00a0% interval −\d\.\d\d to \d\.\d\d, n\u00a0=\u00a03, p = 0\.\d{3}\)\.$/,
  );
});

test('among cells that do not differ, at most 5 % of answers claim an effect', () => {
  const random = randomStream(3, 'answers');
  const [sr, share] = [
    [0.25, 0.5, 1],
    [0, 1],
  ];
  const setting = (path: string, title: string, values: readonly number[]): CellTable['varying'][number] => ({
    ...{ path, title, short: title, values, labels: values.map(String) },
  });
  const varying = [setting('network.sr', 'squeeze ratio', sr), setting('network.pct3x3', '3×3 share', share)];
  const grid = sr.flatMap((one) => share.map((other) => ({ 'network.sr': one, 'network.pct3x3': other })));
  const tables = 600;
  let claims = 0;
  for (let n = 0; n < tables; n++) {
    const drawn = {
      truth: grid.map(() => 0.8),
      seeds: 3 + (n % 4),
      images: 5000,
      hasValidation: true,
      spread: 0.01,
    };
    const { cells, ...rest } = simulatedCells(drawn, random);
    const table = {
      ...rest,
      varying,
      cells: cells.map((cell, place) => ({ ...cell, settings: grid[place] ?? {} })),
    };
    const { factors, interactions } = answerEffects(anovaData(table, USUAL_MODEL));
    if (interactions.length > 0 || factors.some(({ isSignificant }) => isSignificant)) claims += 1;
  }
  const error = Math.sqrt((0.05 * 0.95) / tables);
  assert.ok(claims > 0, 'with so many tables there are claims');
  assert.ok(claims / tables < 0.05 + 3 * error, `${claims} of ${tables}`);
});

test('a cell of a list of networks is named by what tells it apart', () => {
  const paths = [
    'network.family',
    ...Array.from({ length: 12 }, (_, place) => `factor.a long name ${place}`),
  ];
  const { cells: simulated, ...rest } = simulatedCells(
    { truth: [0.5, 0.6, 0.7], seeds: 1, images: 100, hasValidation: false, spread: 0.01 },
    randomStream(1, 'names'),
  );
  const families = ['alexnet', 'squeezenet', 'squeezenet'];
  const cells = simulated.map((cell, place) => ({
    ...cell,
    settings: Object.fromEntries(
      paths.map((path, at) => [path, at === 0 ? (families[place] ?? '') : at === 12 ? place : 1]),
    ),
  }));
  const varying = paths.map((path) => {
    const values = [...new Set(cells.map(({ settings }) => settings[path] ?? null))];
    return { path, title: path, short: path.replace(/^\w+\./, ''), values, labels: values.map(String) };
  });
  const table = { ...rest, cells, varying };
  assert.deepEqual(
    cells.map((cell) => cellName(table, cell)),
    [
      'family = alexnet',
      'family = squeezenet, a long name 11 = 1',
      'family = squeezenet, a long name 11 = 2',
    ],
  );
});
