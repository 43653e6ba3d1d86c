import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { recipeSubjects } from '../../../src-main/recipes/recipe-subjects.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const STUDY = `study: families
dataset: shapes
network: { family: squeezenet, stem: small }
cells:
  - { network.sr: 0.25 }
  - { network.sr: 0.5 }
  - { network.family: mobilenet-v1 }
seeds: 2
`;

test('cells are called by their factors, and by their family where it differs', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 5000 } as const;
  const { definition, cells } = costStudy(STUDY, 'study.yaml', () => data);
  store.saveStudy({ definition, text: STUDY, dataHash: 'abc', cells });
  const runs = cells.map((cell) =>
    store.addRuns([0, 1].map((seed) => ({ study: 'families', cell: cell.id, seed, retryOf: null }))),
  );
  const titles = (ids: readonly string[]) => recipeSubjects(store, ids).map(({ title }) => title);
  assert.deepEqual(titles(runs.flat()), [
    'families: squeezenet, SR = 0.25',
    'families: squeezenet, SR = 0.5',
    'families: family = mobilenet-v1',
  ]);
  const [one = [], other = []] = runs;
  assert.deepEqual(titles([...one, ...other]), ['families: SR = 0.25', 'families: SR = 0.5']);
  assert.deepEqual(
    recipeSubjects(store, [...other, ...one]).map((subject) => subject.runs),
    [other, one],
  );
  store.close();
});
