import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studyTable } from '../../../src-main/figures/study-table.ts';
import { exampleStudy, twoFactors, withoutRuns } from './example-study.ts';

test('a table has one line per cell with mean, interval, n and costs', () => {
  const lines = studyTable(exampleStudy(twoFactors, 3)).split('\n');
  assert.equal(lines.length, 13);
  assert.match(lines[0] ?? '', /SR +3×3 +test accuracy \(%\) +95 % t interval +n +parameters +MACs$/);
  // The first cell: 0.50, 0.51, 0.52, so 51.0 +- 2.48.
  assert.match(lines[1] ?? '', /^ *1 +0 +51\.0 ± 2\.5 +48\.5 to 53\.5 +3 +20,000 +1\.5 M$/);
});

test('cells without runs or with one run say so', () => {
  assert.match(studyTable(exampleStudy({}, 1, withoutRuns)), /no runs +– +0 +20,000/);
  assert.match(studyTable(exampleStudy({}, 1)), /50\.0 +– +1 +20,000/);
});

test('the table holds no terminal colours', () => {
  // eslint-disable-next-line no-control-regex
  assert.doesNotMatch(studyTable(exampleStudy(twoFactors, 2)), /\u001b/);
});
