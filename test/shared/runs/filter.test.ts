import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileFilter } from '../../../src-shared/runs/filter/compile-filter.ts';
import { filterChips, withCondition, withoutChip } from '../../../src-shared/runs/filter/filter-chips.ts';
import { FilterProblem } from '../../../src-shared/runs/filter/filter-problem.ts';
import { formatFilter } from '../../../src-shared/runs/filter/format-filter.ts';
import { parseFilter } from '../../../src-shared/runs/filter/parse-filter.ts';
import { processorTime } from '../../processor-time.ts';
import { sampleTable } from './sample-table.ts';

const table = sampleTable();

/** Ids of the sample runs that pass, without the `r`: `1 2`. */
function passing(filter: string): string {
  const test = compileFilter(parseFilter(filter), table);
  return table.rows.flatMap(({ id }, row) => (test(row) ? [id.slice(1)] : [])).join(' ');
}

const everything = '1 2 3 4 5 6 7';

const cases: readonly (readonly [filter: string, ids: string])[] = [
  ['', everything],
  ['  ', everything],
  ['sr<=0.25', '1 2 3 7'],
  ['SR <= 0.25', '1 2 3 7'],
  ['network.sr>0.5', '7'],
  ['sr[0]=0.1', '7'],
  ['network.sr.7=0.8', '7'],
  ['sr[1]=0.5', '4 5 6'],
  ['pct3x3=50%', everything],
  ['state:complete', '1 2 4 5 6'],
  ['state:COMPLETE sr=0.5', '4 5 6'],
  ['state!=complete', '3 7'],
  ['state:*ed', '7'],
  ['tag:baseline', '1'],
  ['tag:bas*', '1'],
  ['tag:bas', ''],
  ['tag=none state:complete', '4 5 6'],
  ['-tag:bad sr=12.5%', '1 3'],
  ['study:demo', '1 2 3 4 5 6'],
  ['study:"other study"', '7'],
  ["study:'other study'", '7'],
  ['study:*stud*', '7'],
  ['study:"*stud*"', ''],
  ['accuracy>80%', '2 4 5 6'],
  ['accuracy>=0.8', '1 2 4 5 6'],
  ['accuracy=none', '3 7'],
  ['accuracy!=none accuracy<0.9', '1 2'],
  ['not accuracy>0.9', '1 2 3 4 7'],
  ['accuracy!=0.9', '1 2 3 5 6 7'],
  ['lr in (0.1, 0.05)', everything],
  ['lr in (0.05)', '4 5 6'],
  ['lr not in (0.05)', '1 2 3 7'],
  ['seed in (1,2) sr=0.5', '5 6'],
  ['augment:flip', '1 2 3'],
  ['augment:none', '4 5 6 7'],
  ['bypass=none', everything],
  ['bn=true', everything],
  ['parameters>1M', '4 5 6'],
  ['params=1.25m', '4 5 6'],
  ['params<500k state:failed', '7'],
  ['time=90', '5'],
  ['time>=1.5min', '5'],
  ['memory>500MB', '6'],
  ['memory>600MiB', ''],
  ['min.loss=0.2', '6'],
  ['best.loss<0.25', '6'],
  ['last.loss>0.25 max.loss>2', '6'],
  ['started>2026-02', '3'],
  ['started=2026-03', '3'],
  ['started=2026-03-01T12:00Z', '3'],
  ['started=2026-03-01T12:01Z', ''],
  ['started>2026-03', ''],
  ['started<=2026-03 started>=2026-03', '3'],
  ['created<2026', created2025()],
  ['note:slow', '4'],
  ['note:"slow HOST"', '4'],
  ['failure:loss-not-finite', '7'],
  ['slow', '4'],
  ['"slow host"', '4'],
  ['s*host', '4'],
  ['paper or slow', '1 4'],
  ['paper or slow accuracy<0.9', '1'],
  ['(paper or slow) accuracy<0.85', '1'],
  ['paper OR (seed=1 and sr=0.5)', '1 5'],
  ['not (sr<=0.25 or seed=0)', '5 6'],
  ['-(sr<=0.25 or seed=0) -seed=2', '5'],
  ['--seed=0 sr=0.5', '4 7'],
  ['squeezenet', everything],
  ['orange', ''],
];

/** The sample was created at the first moment of 2026 in UTC, which is still 2025 west of it. */
function created2025(): string {
  return new Date('2026-01-01T00:00:00.000Z').getFullYear() < 2026 ? everything : '';
}

test('filters find what they say', () => {
  for (const [filter, ids] of cases) assert.equal(passing(filter), ids, filter);
});

test('a filter formatted is read back as the same filter', () => {
  const plain = (filter: string): unknown =>
    JSON.parse(
      JSON.stringify(parseFilter(filter), (key, value: unknown) =>
        key === 'start' || key === 'end' ? undefined : value,
      ),
    );
  for (const [filter, ids] of cases) {
    const text = formatFilter(parseFilter(filter));
    assert.deepEqual(plain(text), plain(filter), `${filter} as ${text}`);
    assert.equal(formatFilter(parseFilter(text)), text);
    assert.equal(passing(text), ids);
  }
  const awkward = String.raw`note:"a \"quoted\" (word), \\ and more" "or" -"x y"`;
  assert.equal(formatFilter(parseFilter(awkward)), awkward);
});

const mistakes: readonly (readonly [
  filter: string,
  wrong: string,
  message: RegExp,
  suggestion: string | null,
])[] = [
  ['state:complete srr<0.5', 'srr', /no column "srr"/, 'sr'],
  ['acuracy>0.5', 'acuracy', /no column/, 'accuracy'],
  ['3x3=1', '3x3', /no column/, 'pct3x3'],
  ['accuracy>80', '80', /share from 0 to 1/, '80%'],
  ['accuracy>high', 'high', /test accuracy is a share such as 0\.8 or 80%, not "high"/, null],
  ['sr=0.*', '0.*', /a number such as/, null],
  ['state:complet', 'complet', /the states are waiting, running/, 'complete'],
  ['study>demo', '>', /no order of study/, null],
  ['sr<=', '', /a value is missing after sr<=/, null],
  ['sr<none', 'none', /none can only be compared/, null],
  ['started>yesterday', 'yesterday', /a date such as/, null],
  ['started>2026-02-30', '2026-02-30', /is not a date/, null],
  ['time>3y', '3y', /a duration such as/, null],
  ['(sr=1 or sr=2', '(', /is not closed/, null],
  ['sr=1)', ')', /closes nothing/, null],
  ['()', ')', /closes nothing/, null],
  ['note:"open', '"open', /quotation mark is not closed/, null],
  ['sr in (0.1 0.2)', '0', /needs commas/, null],
  ['sr in (0.1,', '', /a value is missing/, null],
  ['sr=(0.1,0.2)', '=', /sr in/, 'sr in (…)'],
  ['sr=0.1,0.2', ',', /name in \(a, b\)/, null],
  ['sr=1 or', '', /condition is missing/, null],
  ['or sr=1', 'or', /condition is missing beside or/, '"or"'],
  ['<0.5', '<', /name of a column is missing before </, null],
];

test('a mistake is named with its place and what was probably meant', () => {
  for (const [filter, wrong, message, suggestion] of mistakes) {
    assert.throws(
      () => parseFilter(filter),
      (error) => {
        assert.ok(error instanceof FilterProblem, filter);
        assert.match(error.message, message);
        assert.match(error.message, new RegExp(`character ${error.start + 1}:`));
        assert.equal(error.code, 'usage');
        assert.equal(filter.slice(error.start, error.end), wrong, filter);
        assert.equal(error.suggestion, suggestion, filter);
        return true;
      },
      filter,
    );
  }
});

test('the conditions at the top are chips, which can be taken away and added', () => {
  const filter = parseFilter('sr<=0.25  (tag:a or tag:b) and -tag:bad "two words"');
  const chips = filterChips(filter);
  assert.deepEqual(
    chips.map(({ text }) => text),
    ['sr<=0.25', 'tag:a or tag:b', '-tag:bad', '"two words"'],
  );
  assert.deepEqual(chips.map(({ start, end }) => [start, end])[0], [0, 8]);
  assert.equal(withoutChip(filter, 2), 'sr<=0.25 (tag:a or tag:b) "two words"');
  assert.equal(withoutChip(parseFilter('tag:a or tag:b'), 0), '');
  assert.equal(filterChips(parseFilter('')).length, 0);
  assert.equal(withCondition('tag:a or tag:b', 'sr=1'), '(tag:a or tag:b) sr=1');
  assert.equal(withCondition('sr=1 tag:a', 'sr=1'), 'sr=1 tag:a');
  assert.equal(withCondition('', 'a or b'), 'a or b');
});

test('names and numbers in a list are looked up, however many there are', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => `x${index}`).join(', ');
  const numbers = Array.from({ length: 50_000 }, (_, index) => index / 7).join(', ');
  const started = processorTime();
  assert.equal(passing(`id in (${many}, r2, R5)`), '2 5');
  assert.equal(passing(`id not in (${many}, r2, R5)`), '1 3 4 6 7');
  assert.equal(passing(`lr in (${numbers}, 5%)`), '4 5 6');
  assert.equal(passing(`id in (${many}, *3, none)`), '3');
  assert(processorTime() - started < 2000);
});
