import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { matchesPart, matchesWhole } from '../../../src-shared/runs/filter/glob.ts';
import { processorTime } from '../../processor-time.ts';

test('a pattern matches what a regular expression with .* matches', () => {
  const stream = randomStream(1, 'glob');
  const word = (letters: string, most: number) =>
    Array.from({ length: stream.integer(most + 1) }, () => letters[stream.integer(letters.length)]).join('');
  for (let count = 0; count < 20_000; count++) {
    const pattern = word('ab*', 6);
    const text = word('ab\n', 8);
    const expression = pattern.replaceAll('*', '.*');
    const about = JSON.stringify([pattern, text]);
    assert.equal(matchesWhole(pattern)(text), new RegExp(`^${expression}$`, 's').test(text), about);
    assert.equal(matchesPart(pattern)(text), new RegExp(expression, 's').test(text), about);
  }
});

test('many wildcards take no longer than a few', () => {
  const note = 'the of '.repeat(1430);
  const tests = ['*the*of*zebra', '*the*of*the*of*the*zebra*', `${'*the*of'.repeat(100)}*zebra`].flatMap(
    (pattern) => [matchesPart(pattern), matchesWhole(pattern)],
  );
  const started = processorTime();
  for (const matches of tests) for (let run = 0; run < 100; run++) assert(!matches(note));
  // 600 notes of 10 kB; the first pattern alone took more than ten minutes for one of them
  assert(processorTime() - started < 1000);
});
