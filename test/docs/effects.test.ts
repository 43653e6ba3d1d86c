import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FactorialRun } from '../../src-shared/statistics/anova/design.ts';
import { factorialAnova } from '../../src-shared/statistics/anova/factorial-anova.ts';
import { fitFactorial } from '../../src-shared/statistics/anova/fit-factorial.ts';
import { readCsv } from '../main/exports/read-csv.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const FACTORS = ['sr', 'pct3x3', 'downsample', 'lr'];

test('the page on effects shows what statsmodels and the program find in its file, of all runs and without six', () => {
  const page = readFileSync(join(DOCS, 'effects.md'), 'utf8');
  const oracle = readFileSync(join(DOCS, 'effects/effects.txt'), 'utf8').trimEnd();
  assert.ok(page.includes(oracle));
  const all = readCsv(readFileSync(join(DOCS, 'effects/four-factors.csv'))).map((run) => ({
    levels: FACTORS.map((name) => run[name] ?? ''),
    ...{ seed: Number(run['seed']), value: Number(run['test_accuracy']) },
  }));
  const some = all.filter((_, place) => (place + 2) % 17 !== 5);
  const tables = oracle.split('\n\n');
  assert.deepEqual([all.length, some.length, tables.length], [96, 90, 2]);
  for (const [place, runs] of [all, some].entries()) assertTold(runs, tables[place] ?? '', page);
});

function assertTold(runs: readonly FactorialRun[], oracle: string, page: string): void {
  const fit = fitFactorial(
    runs,
    FACTORS.map((name) => ({ name })),
    2,
  );
  const { effects } = factorialAnova(fit, 2);
  assert.equal(effects.length, 10);
  for (const { factors, sumOfSquares, test: found } of effects) {
    const names = factors.map((place) => FACTORS[place] ?? '');
    const line = oracle
      .split('\n')
      .find((each) => each.startsWith(`${names.map((name) => `C(${name})`).join(':')} `));
    const [, squares = NaN, , f = NaN] = line?.split(/\s+/).map(Number) ?? [];
    // six digits are printed
    assert.ok(Math.abs(sumOfSquares / squares - 1) < 1e-5, `${names.join()}: ${sumOfSquares}`);
    assert.ok(Math.abs((found?.f ?? NaN) / f - 1) < 1e-5, `${names.join()}: ${found?.f}`);
    assert.match(page, new RegExp(`^${names.join(' × ')} +\\d+ +${(found?.f ?? NaN).toFixed(2)} `, 'm'));
  }
}
