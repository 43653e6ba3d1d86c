import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { leftOutRuns } from '../../../src-main/recipes/left-out-runs.ts';
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

test('cells are called by their factors, and by their family where it differs; runs that a study lacks are told', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 5000 } as const;
  const { definition, cells } = costStudy(STUDY, 'study.yaml', () => data);
  store.saveStudy({ definition, text: STUDY, dataHash: 'abc', cells });
  const runs = cells.map((cell) =>
    store.addRuns([0, 1].map((seed) => ({ study: 'families', cell: cell.id, seed, retryOf: null }))),
  );
  const titles = (ids: readonly string[]) => recipeSubjects(store, ids).map(({ title }) => title);
  assert.deepEqual(titles(runs.flat()), [
    'squeezenet, SR = 0.25',
    'squeezenet, SR = 0.5',
    'family = mobilenet-v1',
  ]);
  const [one = [], other = []] = runs;
  assert.deepEqual(titles([...one, ...other]), ['SR = 0.25', 'SR = 0.5']);
  assert.deepEqual(titles(one), ['families: SR = 0.25'], 'the only one has the name of its study');

  assert.deepEqual(
    recipeSubjects(store, [...other, ...one]).map((subject) => subject.runs),
    [other, one],
  );
  assert.equal(
    leftOutRuns(store, 'families'),
    'Of the study families 6 of 6 runs left out: 6 not begun (SR = 0.25, seed 0; SR = 0.25, seed 1; SR = 0.5, seed 0; SR = 0.5, seed 1; family = mobilenet-v1, seed 0; family = mobilenet-v1, seed 1).',
  );
  store.close();
});
