import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factorNoun } from '../../../src-shared/studies/factor-noun.ts';
import { settingFields, settingWords } from '../../../src-shared/studies/setting-words.ts';

/** Of all fields those that are called by a plural, and whether their values are counts. */
const PLURALS = new Map([
  ['network.stemFilters', true],
  ['network.classes', true],
  ['network.groups', true],
  ['network.towers', true],
  ['training.epochs', true],
  ['training.milestones', false],
]);

test('what is said of a factor is said of one thing, of every field', () => {
  for (const [path, { title }] of settingFields) {
    const isCount = PLURALS.get(path);
    const said = factorNoun(title, isCount ?? true);
    const wanted =
      isCount === undefined ? `the ${title}` : `the ${isCount ? 'number' : 'choice'} of ${title}`;
    assert.equal(said, wanted, path);
  }
});

test('an entry of a list is one thing, too', () => {
  const titleOf = (path: string): string => settingWords(path)?.title ?? '';
  assert.equal(factorNoun(titleOf('network.sr[2]'), true), 'the squeeze ratio [2]');
  assert.equal(factorNoun(titleOf('training.milestones[1]'), true), 'entry [1] of the milestones');
});
