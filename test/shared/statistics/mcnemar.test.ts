import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mcnemarTest } from '../../../src-shared/statistics/mcnemar-test.ts';
import { assertNear, readFixture } from './fixture.ts';

interface Fixture {
  readonly source: string;
  readonly cases: readonly {
    readonly onlyFirst: number;
    readonly onlySecond: number;
    readonly p: number;
    readonly midP: number;
  }[];
}

const { source, cases } = readFixture('mcnemar') as Fixture;

test(`McNemar's exact test and its mid-p are those of ${source}`, () => {
  for (const { onlyFirst, onlySecond, p, midP } of cases) {
    const found = mcnemarTest(onlyFirst, onlySecond);
    const what = `${onlyFirst} and ${onlySecond}`;
    assert.equal(found?.n, onlyFirst + onlySecond, what);
    assertNear(found.p, p, { what });
    assertNear(found.midP, midP, { what });
  }
});

test('where no pair sets the sides apart there is no test', () => {
  assert.equal(mcnemarTest(0, 0), null);
});
