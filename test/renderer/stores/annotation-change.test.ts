import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotatedText, backText, backTo } from '../../../src-renderer/stores/annotation-change.ts';

const row = (id: string, note: string, ...tags: string[]) => ({ id, note, tags });

test('what each run had is what it gets back, and nothing else of it is touched', () => {
  const before = [row('a', '', 'kept'), row('b', 'old', 'kept', 'gone'), row('c', 'new', 'kept', 'added')];
  const after = ['a', 'b', 'c'].map((id) => row(id, 'new', 'kept', 'added'));
  assert.deepEqual(backTo(before, after), [
    { run: 'a', note: { from: 'new', to: '' }, addTags: [], removeTags: ['added'] },
    { run: 'b', note: { from: 'new', to: 'old' }, addTags: ['gone'], removeTags: ['added'] },
  ]);
});

test('of a run that was not known before nothing is taken back', () => {
  assert.deepEqual(backTo([], [row('a', 'new')]), []);
});

test('it is told how many runs changed, and what stays', () => {
  const tags = { note: null, addTags: [], removeTags: ['x'] };
  const note = { note: { from: 'a', to: 'b' }, addTags: [], removeTags: [] };
  assert.equal(annotatedText([{ run: 'a', ...tags }]), 'Changed the tags of 1 run.');
  const both = [
    { run: 'a', ...note },
    { run: 'b', ...note },
    { run: 'c', ...tags },
  ];
  assert.equal(annotatedText(both), 'Changed the notes of 2 runs and the tags of 1 run.');
  assert.match(backText(both, 1), /^Undone: .* 1 note was changed again meanwhile and stays\.$/);
});
