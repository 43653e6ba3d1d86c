import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnovaData, anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import { type AnovaModel, USUAL_MODEL } from '../../../src-shared/charts/kinds/anova/model.ts';
import { effectsReading, momentReadings } from '../../../src-shared/charts/kinds/anova/reading.ts';
import { anovaTable } from '../../../src-shared/charts/kinds/anova/table.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { readContrasts } from '../../../src-shared/charts/kinds/anova/contrast-text.ts';
import { booktabsAnova } from '../../../src-shared/charts/kinds/anova/latex.ts';
import { effectsChart } from '../../../src-shared/charts/kinds/effects/chart.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { assertNear } from '../statistics/fixture.ts';
import { failed, type SampleRuns, sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: false, title: '', notes: true },
};

function analyse({ index, rows, cells }: SampleRuns, model: Partial<AnovaModel> = {}): AnovaData {
  return anovaData(measureCells(index, rows, cells, 'testAccuracy'), { ...USUAL_MODEL, ...model });
}

test('with a run missing the seed stays a block, and table, caption and export say what was done', () => {
  const whole = analyse(sampleRuns(TWO_FACTORS, 3));
  assert.equal(whole.method, '36 runs, the seed as a block');
  const data = analyse(
    sampleRuns(TWO_FACTORS, 3, (run, { cell, seed }) => (cell === 4 && seed === 1 ? failed(run) : run)),
  );
  assert.equal(data.method, '35 of 36 runs, type II, the seed as a block');
  assert.deepEqual(
    effectsReading(data).rows.map(([title, degrees]) => [title, degrees]),
    [
      ['squeeze ratio', '3'],
      ['3×3 share', '2'],
      ['squeeze ratio × 3×3 share', '6'],
      ['seed', '2'],
      ['residual', '21'],
    ],
  );
  const table = anovaTable(data);
  assert.equal(table.rows[0]?.at(-1), data.method);
  assert.equal(table.notes?.[0], data.method);
  assert.match(booktabsAnova(data), /\\caption\{[^}]*35 of 36 runs, type II, the seed as a block/);
});

test('why seeds are no blocks is said: there is one, or none is in two cells', () => {
  assert.equal(analyse(sampleRuns(TWO_FACTORS, 1)).method, '12 runs, without blocks: there is one seed');
  const apart = sampleRuns(TWO_FACTORS, 2, (run, { cell, seed }) => ({ ...run, seed: 2 * cell + seed }));
  assert.match(analyse(apart).method, /^24 of 46 runs, without blocks: no seed is in two cells$/);
});

test('both shares of variance are named for what they are', () => {
  const data = analyse(sampleRuns(TWO_FACTORS, 3));
  const [eta = '', omega = ''] = data.notes;
  assert.match(eta, /^η² is a source's share of the total variance.* add up to 1/);
  assert.match(omega, /^Partial ω² .* do not add up/);
  const text = booktabsAnova(data);
  assert.match(text, /source & df & \$F\$ & \$p\$ & \$\\eta\^2\$ & partial \$\\omega\^2\$ & 95/);
  assert.match(text, /share of the total variance/);
  assert.deepEqual(anovaTable(data).columns.slice(8, 10), ['eta squared', 'partial omega squared']);
});

test('what cannot be estimated has no number, and the table says why', () => {
  const data = analyse(
    sampleRuns('network.sr: [0.5, 1]\n  network.pct3x3: [0, 1]', 3, (run, { cell }) =>
      cell === 3 ? failed(run) : run,
    ),
  );
  assert.deepEqual(
    data.effects.map(({ title }) => title),
    ['squeeze ratio', '3×3 share'],
  );
  const notes = data.notes.join('\n');
  assert.match(notes, /The interaction cannot be estimated: no complete run for 1 × 1\./);
  assert.match(notes, /Squeeze ratio: no marginal mean of 1, as not all combinations/);
  assert.ok(!booktabsAnova(data).includes('×'));
});

test('a third setting that varies is a factor, and its interactions are told apart', () => {
  const data = analyse(sampleRuns(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, 2), {
    ...{ at: 'bypass', numeric: ['sr'], margin: 0.75 },
  });
  assert.equal(data.effects.length, 6);
  assert.equal(data.effects.find(({ title }) => title === 'squeeze ratio × bypass')?.degreesOfFreedom, 1);
  assert.match(data.method, /^48 runs, main effects and interactions of two, /);
  assert.match(
    data.notes.join(),
    /Interactions of 3 factors or more are part of the residual; the model leaves/,
  );
  assert.deepEqual(
    data.conditions.map(({ label, effects }) => [label, effects.map(({ setting }) => setting.short)]),
    [
      ['bypass = none', ['SR', '3×3']],
      ['bypass = simple', ['SR', '3×3']],
    ],
  );
  assert.equal(data.margin, 0.0075);
  assert.deepEqual(
    momentReadings(data).map(({ title }) => title),
    [
      ...[
        'Marginal means',
        'Differences',
        'Trends',
        'Means of squeeze ratio × 3×3 share',
        'Means of squeeze ratio × bypass',
        'Means of 3×3 share × bypass',
        'Simple effects at bypass = none',
        'Means at bypass = none',
      ],
      ...['Simple effects at bypass = simple', 'Means at bypass = simple'],
    ],
  );
  const { columns, rows } = anovaTable(data);
  const parts = new Set(rows.map((row) => row[columns.indexOf('part')]));
  assert.deepEqual(
    [...parts],
    [
      ...['effect', 'seed', 'residual', 'mean', 'mean of two', 'difference'],
      ...['linear trend', 'quadratic trend', 'cubic trend', 'simple effect'],
    ],
  );
});

test('simple effects are had at chosen values, alone or combined, and at no others', () => {
  const runs = sampleRuns(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, 2);
  const { conditions } = analyse(runs, { at: [{ sr: 0.5, 'network.bypass': 'none' }] });
  assert.deepEqual(
    conditions.map(({ label, effects, means }) => [label, effects.length, means.length]),
    [['SR = 0.5, bypass = none', 1, 3]],
  );
  assert.throws(
    () => analyse(runs, { at: [{ sr: 0.7 }] }),
    /The value 0\.7 of squeeze ratio is not .* 0\.125, 0\.25, 0\.5 and 1/,
  );
  assert.throws(
    () => analyse(runs, { numeric: ['epochs'] }),
    /epochs does not vary .* network\.sr, network\.pct3x3 and/,
  );
});

test('contrasts of one’s own are read, adjusted together, and refused where they are none', () => {
  const runs = sampleRuns(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, 2);
  const data = analyse(runs, {
    contrast: 'sr: 0.125 = -1/2, 0.25=-.5, 1=1; network.bypass: none=-1, simple=1; sr: 0.5=-1, 1=+1',
  });
  assert.deepEqual(
    data.contrasts.map(({ setting, label }) => `${setting.short}: ${label}`),
    ['SR: 0.125=-0.5, 0.25=-0.5, 1=1', 'bypass: none=-1, simple=1', 'SR: 0.5=-1, 1=1'],
  );
  const of = ({ title }: { readonly title: string }, value: unknown): number =>
    data.means.find((mean) => mean.setting.title === title && mean.value === value)?.mean ?? NaN;
  const [first, , last] = data.contrasts;
  assert.ok(first && last);
  const { setting } = first;
  assertNear(first.estimate, of(setting, 1) - (of(setting, 0.125) + of(setting, 0.25)) / 2);
  const alone = data.differences.find(({ values }) => values[0] === 0.5 && values[1] === 1);
  assertNear(last.p, alone?.p ?? NaN);
  const [least, ...others] = data.contrasts.toSorted((a, b) => a.p - b.p);
  assertNear(least?.adjustedP, Math.min(1, 3 * (least?.p ?? NaN)));
  assert.ok(others.every(({ p, adjustedP }) => adjustedP >= p));
  assert.match(momentReadings(data)[2]?.caption ?? '', /adjusted for these 3 contrasts \(Holm\)/);
  for (const [contrast, reason] of [
    ['sr', /Contrast "sr": expected FACTOR: VALUE=WEIGHT/],
    ['sr: 0.5=-1, 1', /Contrast "sr: 0\.5=-1, 1": expected/],
    ['sr: 0.5=-1 1=1', /the weights \(1 for 0\.5=-1 1\) add up to 1;/],
    ['sr: 0.5=-1, 1=1/0', /expected FACTOR/],
    ['sr: 0.5=-1, 1=0.9', /the weights \(-1 for 0\.5, 0\.9 for 1\) add up to -0\.1; they must add up to 0/],
    ['sr: 0.5=0, 1=0', /all weights are zero/],
    ['sr: 0.5=-1, 0.50=1', /a value is named twice/],
    ['sr: 0.5=-1, 0.7=1', /The value 0\.7 of squeeze ratio is not .* they have 0\.125/],
    ['epochs: 1=-1, 2=1', /epochs does not vary/],
  ] as const)
    assert.throws(() => analyse(runs, { contrast }), reason, contrast);
});

test('values with commas are values of contrasts, too', () => {
  const written = readContrasts('sr: 0.125x4, 0.25x4=-1, 0.5=1');
  assert.deepEqual(written[0]?.weights, [
    { value: '0.125x4, 0.25x4', weight: -1 },
    { value: '0.5', weight: 1 },
  ]);
});

test('means and contrasts that the runs do not tell are named', () => {
  const runs = sampleRuns('network.sr: [0.5, 1]\n  network.pct3x3: [0, 1]', 3, (run, { cell }) =>
    cell === 3 ? failed(run) : run,
  );
  const { notes, contrasts, pairs } = analyse(runs, { order: 2, contrast: 'pct3x3: 0=-1, 1=1' });
  assert.deepEqual([contrasts.length, pairs[0]?.means.length], [0, 3]);
  assert.match(notes.join('\n'), /no mean at 1 × 1, as/);
  assert.match(notes.join('\n'), /The contrast 0=-1, 1=1 of 3×3 share cannot be estimated/);
  const many = Array.from({ length: 15 }, (_, place) => (place + 1) / 20).join(', ');
  const large = analyse(sampleRuns(`network.sr: [${many}]\n  network.pct3x3: [${many}]`, 1));
  assert.deepEqual(large.pairs, []);
  assert.match(large.notes.join(), /no means of its 225 combinations, which are too many/);
});

test('where one run a cell leaves no residual, effects are shown without tests', () => {
  const data = analyse(sampleRuns(TWO_FACTORS, 1), { at: 'sr' });
  const { rows } = effectsReading(data);
  assert.deepEqual(rows[0]?.slice(2, 4), [null, null]);
  assert.match(data.notes.join(), /leave no residual .* add seeds, or lower the order/);
  assert.deepEqual([data.differences, data.trends], [[], []]);
  assert.ok(data.means.length === 7 && data.means.every(({ low }) => low === null));
  assert.ok(effectsChart(data).option(STYLE)['series']);
});

test('simple effects that the runs do not tell are named', () => {
  const runs = sampleRuns('network.sr: [0.5, 1]\n  network.pct3x3: [0, 1]', 3, (run, { cell }) =>
    cell === 3 ? failed(run) : run,
  );
  const { notes, conditions } = analyse(runs, { at: 'sr' });
  assert.deepEqual(
    conditions.map(({ effects }) => effects.length),
    [1, 0],
  );
  assert.match(notes.join('\n'), /^At SR = 1: no simple effect of 3×3 share, /m);
});

test('intervals of means end where values do', () => {
  const near = sampleRuns('network.sr: [0.5, 1]', 3, (run, { cell, seed }) => ({
    ...run,
    metrics: { ...run.metrics, testAccuracy: 0.999 - 0.01 * seed - 0.02 * cell * seed },
  }));
  for (const { low, high } of analyse(near).means) assert.ok(low !== null && low > 0.8 && high === 1);
});

test('effects are drawn in order, and as numbers have no rows of means', () => {
  const chart = effectsChart(analyse(sampleRuns(TWO_FACTORS, 3)));
  const { rows } = chart.table();
  assert.deepEqual(
    rows.map(([, part]) => part),
    ['effect', 'effect', 'effect', 'seed', 'residual'],
  );
  const { yAxis } = chart.option(STYLE) as { yAxis: { data: string[] } };
  assert.deepEqual(yAxis.data.slice(0, 2), ['squeeze ratio', '3×3 share']);
});

test('a figure of two named settings is still understood', () => {
  const { chart } = figureSpecificationSchema.parse({
    source: { kind: 'study', study: 'demo' },
    chart: { kind: 'anova', metric: 'testLoss', x: 'network.sr', y: 'network.pct3x3' },
  });
  assert.ok(chart.kind === 'anova' && chart.metric === 'testLoss' && chart.order === '2');
});
