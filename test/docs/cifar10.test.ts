import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mean, tInterval } from '../../src-shared/statistics/interval.ts';
import { factorialAnova } from '../../src-shared/statistics/anova/factorial-anova.ts';
import { fitFactorial } from '../../src-shared/statistics/anova/fit-factorial.ts';
import { readCsv } from '../main/exports/read-csv.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const STUDY = join(DOCS, 'cifar10');
const FIGURES = [
  ...[
    'clusters',
    'compression',
    'explained',
    'lesion-accuracy',
    'lesion',
    'probe-3x3',
    'probe-accuracy',
    'probe',
  ],
  ...['replace-3x3', 'saturation', 'similarity-seeds', 'similarity'],
];

const pages = ['cifar10.md', 'cifar10-layers.md'].map((name) => ({
  name,
  text: readFileSync(join(DOCS, name), 'utf8').replaceAll(/\s+/g, ' '),
}));
const runs = readCsv(readFileSync(join(STUDY, 'runs.csv'))).map((run) => ({
  sr: run['network.sr'] ?? '',
  share: run['network.pct3x3'] ?? '',
  seed: Number(run['seed']),
  accuracy: 100 * Number(run['testAccuracy']),
  parameters: Number(run['parameters']),
}));

/** Number and interval, as they stand in the files. */
type Measured = readonly [centre: number, low: number, high: number];

function ofFigure(name: string): Measured[] {
  return readCsv(readFileSync(join(STUDY, `${name}.csv`)))
    .filter((row) => row['mark'] === 'mean')
    .map((row) => {
      const title = 'accuracy' in row ? 'accuracy' : (Object.keys(row)[3] ?? '');
      const ends = 'accuracy' in row ? ['accuracy low', 'accuracy high'] : ['low', 'high'];
      return [row[title], row[ends[0] ?? ''], row[ends[1] ?? '']].map(Number) as unknown as Measured;
    });
}

/** `name  n  difference  low  high  p …` of the tests. */
function ofTests(): Measured[] {
  const line = /\s6\s+(-?[\d.e-]+)\s+(-?[\d.e-]+)\s+(-?[\d.e-]+)\s/g;
  return [...readFileSync(join(STUDY, 'tests.txt'), 'utf8').matchAll(line)].map(
    ([, ...numbers]) => numbers.map(Number) as unknown as Measured,
  );
}

/** Whether a printed number is this one, rounded once or, by way of four digits, twice; in its own unit or in percent. */
function isRounded(printed: string, value: number): boolean {
  const digits = printed.split('.')[1]?.length ?? 0;
  return Math.abs(Number(printed) - value) <= 0.5 / 10 ** digits + 5e-4 * Math.abs(value) + 1e-9;
}

test('every interval of the pages on CIFAR-10 is in the files of the study', () => {
  const tested = ofTests();
  const lost = tested.map((each) => each.map((value) => -value) as unknown as Measured);
  const taps = readCsv(readFileSync(join(STUDY, 'taps.csv'))).map(
    (row) => [row['Energy of a tap'], row['low'], row['high']].map(Number) as unknown as Measured,
  );
  const known = [...FIGURES.flatMap(ofFigure), ...tested, ...lost, ...taps];
  assert(known.length > 1000);
  let checked = 0;
  for (const { name, text } of pages)
    for (const [whole, ...printed] of text.matchAll(
      /(-?\d+\.\d+)[^()|\d]{0,12}\((-?\d+\.\d+) to (-?\d+\.?\d*)/g,
    )) {
      checked++;
      const [centre = '', one = '', other = ''] = printed;
      const isThere = known.some(([value, low, high]) =>
        [1, 100].some(
          (unit) =>
            isRounded(centre, unit * value) &&
            ((isRounded(one, unit * low) && isRounded(other, unit * high)) ||
              (isRounded(one, unit * high) && isRounded(other, unit * low))),
        ),
      );
      assert(isThere, `${name}: ${whole} is in no file`);
    }
  assert(checked > 100, `${checked} intervals`);
});

test('the table of cells and the analysis of variance are those of the runs', () => {
  const text = pages[0]?.text ?? '';
  const cells = Map.groupBy(runs, ({ sr, share }) => `${sr} ${share}`);
  assert.equal(cells.size, 9);
  for (const [cell, members] of cells) {
    const accuracies = members.map(({ accuracy }) => accuracy);
    const { low, high, n } = tInterval(accuracies);
    const half = ((high ?? NaN) - (low ?? NaN)) / 2;
    const numbers = `${mean(accuracies).toFixed(1)} ± ${half.toFixed(1)} ${low?.toFixed(1)} to ${high?.toFixed(1)} ${n}`;
    const parameters = members[0]?.parameters.toLocaleString('en');
    assert(text.includes(`${cell} ${numbers} ${parameters}`), `${cell} ${numbers} ${parameters}`);
  }
  const observations = runs.map(({ sr, share, seed, accuracy }) => ({
    ...{ levels: [sr, share], seed, value: accuracy },
  }));
  const fit = fitFactorial(observations, [{ name: 'squeeze ratio' }, { name: '3x3 share' }], 2);
  const { effects, seeds, residual } = factorialAnova(fit, 2);
  for (const [place, name] of ['squeeze ratio', '3x3 share', 'interaction'].entries()) {
    const effect = effects[place];
    assert(effect?.test);
    const { degreesOfFreedom, etaSquared, test } = effect;
    const { f, partialOmegaSquared } = test;
    const line = text.match(new RegExp(`\\| ${name} \\|([^|]*)\\|([^|]*)\\|[^|]*\\|([^|]*)\\|([^|]*)\\|`));
    const [df, fPrinted, eta, omega] = (line?.slice(1) ?? []).map((field) => Number(field.replace(',', '')));
    assert.equal(df, degreesOfFreedom, name);
    assert.equal(fPrinted, Number(f.toPrecision(f > 1000 ? 4 : 3)), name);
    assert.equal(eta, Number(etaSquared.toFixed(3)), name);
    assert.equal(omega, Number(partialOmegaSquared.toFixed(3)), name);
  }
  assert.deepEqual(
    [seeds, residual].map((source) => source?.etaSquared.toFixed(3)),
    ['0.001', '0.005'],
  );
});
