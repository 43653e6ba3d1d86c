import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { formatFilter } from '../../../src-shared/runs/filter/format-filter.ts';
import { parseFilter } from '../../../src-shared/runs/filter/parse-filter.ts';
import { type FilterState, readFilter } from '../../../src-shared/runs/filter/read-filter.ts';
import { processorTime } from '../../processor-time.ts';

/** What is typed, what state that is, and which beginning of it is sure. */
const TYPED: readonly (readonly [text: string, state: FilterState, sure: string])[] = [
  ['', 'complete', ''],
  ['sr<=0.5 ', 'complete', 'sr<=0.5 '],
  ['sr<=0.5', 'open', ''],
  ['sr<=0.5 a', 'open', 'sr<=0.5'],
  ['sr<=0.5 acc', 'open', 'sr<=0.5'],
  ['sr<=0.5 accuracy', 'open', 'sr<=0.5'],
  ['sr<=0.5 accuracy>', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 accuracy>8', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 accuracy>80', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 accuracy>80%', 'open', 'sr<=0.5'],
  ['sr<=0.5 accuracy>80% ', 'complete', 'sr<=0.5 accuracy>80% '],
  ['sr<=0.5 acuracy>80% ', 'wrong', 'sr<=0.5'],
  ['sr<=0.5 state:compl', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 state:compl ', 'wrong', 'sr<=0.5'],
  ['sr<=0.5 or', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 or tag:a', 'open', 'sr<=0.5'],
  ['sr<=0.5 -', 'open', 'sr<=0.5'],
  ['sr<=0.5 not ', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 not (', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 (tag:a or', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 (tag:a or tag:b', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 (tag:a or tag:b)', 'complete', 'sr<=0.5 (tag:a or tag:b)'],
  ['sr<=0.5 "two wo', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 "two words"', 'complete', 'sr<=0.5 "two words"'],
  ['sr<=0.5 lr in (0.1,', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 lr in (0.1, 0.', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 lr in (0.1 0.2', 'wrong', 'sr<=0.5'],
  ['sr<=0.5 started>2026-0', 'incomplete', 'sr<=0.5'],
  ['sr<=0.5 )', 'wrong', 'sr<=0.5'],
  ['sr<=0.5 ) tag:a', 'wrong', 'sr<=0.5'],
];

test('a filter that is typed tells whether it is at its end, and what of it is sure', () => {
  for (const [text, state, sure] of TYPED) {
    const reading = readFilter(text);
    assert.equal(reading.state, state, text);
    assert.equal(text.slice(0, reading.sureEnd), sure, text);
    assert.doesNotThrow(() => parseFilter(sure), text);
    assert.equal(reading.problem !== null, state === 'incomplete' || state === 'wrong', text);
  }
});

test('whatever is typed is read, soon', () => {
  const pieces = [
    ...[
      'sr',
      '<=',
      '0.5',
      ' ',
      ' ',
      '(',
      ')',
      '-',
      'not ',
      ' or ',
      ' and ',
      ' in (',
      ',',
      '"',
      "'",
      '\\',
      '*',
      ':',
      '!=',
      '=',
    ],
    ...[
      'state',
      'accuracy',
      '80%',
      '1.2M',
      '2026-01-31',
      'note',
      '__proto__',
      'constructor',
      '[2]',
      '.',
      '≤',
      '\0',
      '😀',
    ],
  ];
  for (let seed = 0; seed < 2000; seed++) {
    const stream = randomStream(seed, 'filter');
    const text = Array.from({ length: stream.integer(40) }, () => pieces[stream.integer(pieces.length)]).join(
      '',
    );
    const reading = readFilter(text);
    assert(reading.sureEnd <= text.length);
    assert.doesNotThrow(() => parseFilter(text.slice(0, reading.sureEnd)), text);
    if (reading.problem !== null) continue;
    const written = formatFilter(parseFilter(text));
    assert.equal(formatFilter(parseFilter(written)), written);
  }
});

/** Texts that took long, or more stack than there is. */
const LARGE: Readonly<Record<string, readonly [text: string, said: RegExp]>> = {
  parentheses: [
    `${'('.repeat(3000)}a${')'.repeat(3000)}`,
    /parentheses or negations are nested more than 100 deep/,
  ],
  negations: [`${'not '.repeat(100_000)}a`, /parentheses or negations are nested more than 100 deep/],
  minuses: [`${'-'.repeat(500_000)}a`, /parentheses or negations are nested more than 100 deep/],
  conditions: [Array(100_000).fill('a').join(' or '), /there are more than 1000 conditions/],
  patterns: [`study in (${Array(100_000).fill('a*').join()})`, /there are more than 1000 conditions/],
  word: ['a'.repeat(1e6), /a value has at most 1000 characters/],
  quotation: [`"${'a'.repeat(1e6)}"`, /a value has at most 1000 characters/],
  number: [`sr=${'1'.repeat(1e6)}!`, /a value has at most 1000 characters/],
  name: [`a${'.1'.repeat(400_000)}=3`, /there is no column "a\.1\.1/],
  filter: ['a '.repeat(2 ** 20), /the filter has more than 1048576 characters/],
};

for (const [name, [text, said]] of Object.entries(LARGE))
  test(`too large a filter is refused at once: ${name}`, () => {
    const started = processorTime();
    const { problem } = readFilter(text);
    assert.match(problem?.message ?? '', said);
    assert((problem?.message.length ?? 0) < 200);
    assert(processorTime() - started < 1000);
  });
