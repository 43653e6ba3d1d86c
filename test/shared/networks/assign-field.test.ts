import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { assignField, assignFields } from '../../../src-shared/networks/assign-field.ts';
import { parseSetting, parseValue } from '../../../src-shared/networks/parse-setting.ts';

test('values are read as YAML reads them', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['0.25', 0.25],
    ['5e-4', 5e-4],
    ['.5', 0.5],
    ['-3', -3],
    ['true', true],
    ['false', false],
    ['null', null],
    ['small', 'small'],
    ['"1.0"', '1.0'],
    ['1.1.1', '1.1.1'],
    ['[0, 0.5, small]', [0, 0.5, 'small']],
    ['[]', []],
  ];
  for (const [text, value] of cases) assert.deepEqual(parseValue(text), value, text);
});

test('a setting is split at its first equals sign', () => {
  assert.deepEqual(parseSetting('sr=0.25'), { path: 'sr', value: 0.25 });
  assert.deepEqual(parseSetting('a=b=c'), { path: 'a', value: 'b=c' });
  assert.throws(() => parseSetting('sr'), { code: 'usage', message: /field=value/ });
  assert.throws(() => parseSetting('=1'), { code: 'usage' });
});

test('a field or one entry of a list is set in a copy', () => {
  const base = { family: 'squeezenet', pct3x3: [0, 0, 0, 0, 0, 0, 0, 0] };
  const assign = (path: string, value: number) => accepted(assignField(base, path, value), 'network-invalid');
  assert.deepEqual(assign('sr', 0.5), { ...base, sr: 0.5 });
  assert.deepEqual(assign('pct3x3[3]', 1)['pct3x3'], [0, 0, 0, 1, 0, 0, 0, 0]);
  assert.deepEqual(assign('sr.2', 1)['sr'], [0.125, 0.125, 1, 0.125, 0.125, 0.125, 0.125, 0.125]);
  assert.deepEqual(base.pct3x3, [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('the family is set first, and the result is checked', () => {
  const assigned = assignFields({ family: 'squeezenet' }, { groups: 4, family: 'shufflenet-v1' });
  assert.equal(accepted(assigned, 'network-invalid').family, 'shufflenet-v1');
  const wrong = assignFields({ family: 'squeezenet' }, { 'sr.0': 2 });
  assert.throws(() => accepted(wrong, 'network-invalid', ['network']), {
    code: 'network-invalid',
    message: /network\.sr: \[2,.* is not accepted/,
  });
});

test('a field or entry that does not exist is named', () => {
  const base = { family: 'squeezenet' };
  const cases: readonly (readonly [string, RegExp])[] = [
    ['alpha', /^alpha: squeezenet has no field of that name/],
    ['sR', /did you mean sr\?/],
    ['sr.8', /^sr\.8: there is no entry 8; the 8 entries are counted from 0 to 7/],
    ['sr[x]', /no entry x/],
    ['freq.1', /^freq\.1: freq has one value, so there is no entry 1/],
    ['sr.1.2', /^sr\.1\.2: squeezenet has no field/],
    ['constructor', /^constructor: squeezenet has no field/],
    ['__proto__', /^__proto__: squeezenet has no field/],
    ['freq[constructor]', /no entry constructor/],
  ];
  for (const [path, message] of cases) {
    const assigned = assignField(base, path, 1);
    assert(!assigned.ok, path);
    assert.match(assigned.mistakes.map(showMistake).join(), message, path);
    assert.deepEqual(
      assigned.mistakes.map((mistake) => mistake.path),
      [[path]],
    );
  }
});
