import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editStudyText, studyFields } from '../../../src-renderer/drafts/edit-study-text.ts';

const TEXT = `# why
study: a # its name
training: &t { epochs: 3, batch: &b 8 }
merged: &m
  <<: *t
  batch: 9 # more
same: *t
again: *m
list: [*t, *b]
`;
const BEFORE = studyFields(TEXT) ?? assert.fail();

test('one value is changed, and comments and order stay', () => {
  assert.equal(
    editStudyText(TEXT, ['study'], 'b'),
    TEXT.replace('study: a', 'study: b').replace('[*t, *b]', '[ *t, *b ]'),
  );
});

test('what an alias or a merge key brings is changed in its place and nowhere else', () => {
  const changes = [
    [['merged', 'epochs'], 5],
    [['merged', 'epochs'], undefined],
    [['merged', 'batch'], undefined],
    [['same', 'epochs'], 7],
    [['same', 'batch'], undefined],
    [['list', 0, 'epochs'], 1],
  ] as const;
  for (const [path, value] of changes) {
    const fields = studyFields(editStudyText(TEXT, path, value)) ?? assert.fail(path.join());
    const expected = structuredClone(BEFORE) as Record<string, Record<string, unknown>>;
    const parts = path.length === 3 ? (expected['list'] as unknown as Record<string, unknown>[]) : expected;
    const part = (parts as Record<string, Record<string, unknown>>)[path.length === 3 ? '0' : path[0]];
    const field = path.at(-1) ?? '';
    if (value === undefined) delete part?.[field];
    else if (part) part[field] = value;
    // an alias of the changed map is the same map
    if (path[0] === 'merged') expected['again'] = expected['merged'] ?? {};
    assert.deepEqual(fields, expected, path.join());
  }
});

test('an anchor that goes leaves to its aliases what they stand for', () => {
  const without = studyFields(editStudyText(TEXT, ['training'], undefined)) ?? assert.fail();
  const rest = Object.entries(BEFORE).filter(([key]) => key !== 'training');
  assert.deepEqual(without, Object.fromEntries(rest));
  const changed = studyFields(editStudyText(TEXT, ['training', 'batch'], 16)) ?? assert.fail();
  assert.deepEqual(changed['list'], [{ epochs: 3, batch: 8 }, 8]);
});

test('a file that cannot be read, or is longer than a form takes, has no fields', () => {
  for (const text of ['a: *nope', 'a: &a [*a]', 'a: 1\na: 2', '[1]', '', `a: ${'x'.repeat(20_000)}`])
    assert.equal(studyFields(text), null, text.slice(0, 20));
  const grown = `a: &a [${'1,'.repeat(1000)}]\nb: [${'*a,'.repeat(1000)}]\n`;
  assert.equal(studyFields(grown), null);
});
