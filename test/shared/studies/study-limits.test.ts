import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showPlaced } from '../../../src-shared/mistakes/show-mistake.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';
import { seedsOfCells } from '../../../src-shared/studies/seeds-of-cells.ts';
import { processorTime } from '../../processor-time.ts';

const HEAD = 'study: a\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\n';
const list = (count: number, entry: (index: number) => string | number = (index) => index) =>
  `[${Array.from({ length: count }, (_, index) => entry(index)).join(', ')}]`;
const share = (count: number) => list(count, (index) => (index + 1) / (count + 1));

/** Files that ask for more than there can be, and what is said. */
const TOO_MUCH: readonly (readonly [name: string, text: string, said: RegExp])[] = [
  [
    'combinations',
    `${HEAD}vary: { network.sr: ${share(200)}, network.pct3x3: ${share(200)} }\n`,
    /^line 4: vary: 40,000 combinations are more than the limit of 20,000 .*; sample: \{ cells: 100 \}/,
  ],
  [
    'combinations beyond what a number counts',
    `${HEAD}vary: { ${Array.from({ length: 8 }, (_, index) => `network.sr[${index}]: ${share(999)}`)
      .map((entry) => entry.replace(/^(\S+):/, '"$1":'))
      .join(', ')} }\n`,
    /^line 4: vary: 992,027,944,069,944,027,992,001 combinations are more than/,
  ],
  [
    'cells of a sample',
    `${HEAD}vary: { network.sr: ${share(200)}, network.pct3x3: ${share(200)} }\nsample: { cells: 30000 }\n`,
    /^line 5: sample\.cells: 30,000 cells are more than the limit of 20,000/,
  ],
  [
    'values of a factor',
    `${HEAD}vary:\n  network.sr: ${list(25_000)}\nsample: { cells: 3 }\n`,
    /^line 5: vary\.network\.sr: 25,000 values are more than the limit of 20,000/,
  ],
  [
    'listed cells',
    `${HEAD}cells: ${list(25_000, () => '{}')}\n`,
    /^line 4: cells: 25,000 cells are more than the limit of 20,000/,
  ],
  ['seeds', `${HEAD}seeds: ${list(1001)}\n`, /^line 4: seeds: 1,001 seeds are more than the limit of 1,000/],
  [
    'runs',
    `${HEAD}vary: { network.sr: ${share(101)} }\nseeds: 1000\n`,
    /^line 5: seeds: 101,000 runs \(101 cells with their seeds\) are more than the limit of 100,000/,
  ],
  [
    'runs by extra seeds',
    `${HEAD}vary: { network.sr: ${share(300)} }\nextraSeeds: [{ cells: {}, seeds: ${list(400)} }]\n`,
    /120,000 runs \(300 cells with their seeds\) are more than the limit of 100,000/,
  ],
  [
    'characters',
    `${HEAD}# ${'x'.repeat(2 ** 20)}\n`,
    /^it has 1,048,649 characters, more than the limit of 1,048,576/,
  ],
];

for (const [name, text, said] of TOO_MUCH)
  test(`too many ${name} are counted before anything is expanded`, () => {
    const started = processorTime();
    const reading = readStudy(text);
    const seconds = (processorTime() - started) / 1000;
    assert(!reading.ok);
    assert.match(reading.mistakes.map(showPlaced).join('\n'), said);
    // it was over a minute for 100,000 values; what is left is to read the YAML
    assert(seconds < 10, `${seconds} s`);
  });

test('as many cells as there can be are read in a time that shows no square', () => {
  const started = processorTime();
  const reading = readStudy(
    `${HEAD}vary: { network.sr: ${share(100)}, training.learningRate: ${share(200)} }\nextraSeeds: [${Array.from(
      { length: 100 },
      (_, index) => `{ cells: { network.sr: ${(index + 1) / 101} }, seeds: [3] }`,
    ).join(', ')}]\nseeds: 1\n`,
  );
  assert(reading.ok);
  const { definition, cells } = reading.study;
  assert.equal(cells.length, 20_000);
  const seedsOf = seedsOfCells(definition);
  assert(cells.every(({ factors }) => seedsOf(factors).length === 2));
  assert(processorTime() - started < 10_000);
});

test('so is a list of as many cells, right or wrong', () => {
  const cells = (value: (index: number) => number): string =>
    list(20_000, (index) => `{ network.sr: ${value(index)} }`);
  const started = processorTime();
  const right = readStudy(`${HEAD}cells: ${cells((index) => (index + 1) / 20_001)}\nseeds: 1\n`);
  assert(right.ok && right.study.cells.length === 20_000);
  const wrong = readStudy(`${HEAD}cells: ${cells((index) => index + 2)}\n`);
  assert(!wrong.ok);
  assert.match(wrong.mistakes.map(showPlaced).at(-1) ?? '', /^… and 19,950 more/);
  // each was some 40 s
  assert(processorTime() - started < 20_000);
});
