import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { findStudyFile } from '../../../src-main/desktop/study-file.ts';

test('the study file is found among the parameters of a start', () => {
  assert.equal(findStudyFile(['.', '--no-sandbox', 'a/b.yaml'], '/work'), path.resolve('/work', 'a/b.yaml'));
  assert.equal(findStudyFile(['/x/Study.YML'], '/work'), path.resolve('/x/Study.YML'));
  assert.equal(findStudyFile(['a.kindling'], '/work'), path.resolve('/work', 'a.kindling'));
  assert.equal(findStudyFile(['/app', '--file=a.yaml'], '/work'), null);
  assert.equal(findStudyFile(['kindling://studies/a.yaml'], '/work'), null, 'a link');
});
