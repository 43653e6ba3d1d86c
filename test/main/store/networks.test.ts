import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import { parseNetwork } from '../../../src-shared/networks/parse-network.ts';
import { usualPreprocessing } from '../../../src-shared/networks/preprocessing.ts';
import { addRuns, studyInput, temporaryFolder } from './sample-study.ts';

function network(id: string, name: string): NetworkRecord {
  const input = [224, 224, 3] as const;
  return {
    ...{ id, name, createdAt: '2026-01-02T03:04:05.678Z', source: { file: 'a.pt', format: 'PyTorch' } },
    ...{
      description: parseNetwork({ family: 'squeezenet' }),
      input,
      classes: ['cat', 'dog'],
      wordnetIds: null,
    },
    ...{ preprocessing: usualPreprocessing(input), file: 'network.safetensors', bytes: 5, sha256: 'abc' },
    setAt: null,
  };
}

test('a network is found by id and name as it was added, until it is in the trash, and deleted with it', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  const id = store.beginNetwork('narrow');
  const added = network(id, 'narrow');
  store.addNetwork(added);
  assert.deepEqual(store.network(id), added);
  assert.deepEqual(store.network('narrow'), added);
  assert.deepEqual(store.networks(), [added]);
  assert.equal(store.findNetwork('wide'), null);
  assert.throws(() => store.network('wide'), { code: 'not-found', message: /no network "wide".*narrow/ });
  assert.throws(() => store.beginNetwork('narrow'), { code: 'usage', message: /already/ });
  for (const name of ['', '../up', 'a b', '-x'])
    assert.throws(() => store.beginNetwork(name), { code: 'usage' }, name);

  const { trashedAt, ...trashed } = store.trashNetwork('narrow');
  assert.deepEqual(trashed, { id, name: 'narrow', bytes: 5 });
  assert.deepEqual(store.trashedNetworks(), [{ ...trashed, trashedAt }]);
  assert.deepEqual([store.networks(), store.findNetwork(id), store.findNetwork('narrow')], [[], null, null]);
  assert.throws(() => store.trashNetwork('narrow'), { code: 'not-found' });
  assert.deepEqual(store.restoreNetwork('narrow'), added);
  assert.deepEqual([store.networks(), store.trashedNetworks()], [[added], []]);
  assert.throws(() => store.restoreNetwork('narrow'), {
    code: 'not-found',
    message: /no network "narrow" in the trash/,
  });

  store.trashNetwork(id);
  const other = network(store.beginNetwork('narrow'), 'narrow');
  store.addNetwork(other);
  assert.throws(() => store.restoreNetwork(id), { code: 'usage', message: /narrow.*stays in the trash/ });
  assert.deepEqual(store.removals(), []);
  store.deleteTrashedNetworks();
  assert.deepEqual([store.networks(), store.trashedNetworks(), store.removals()], [[other], [], [id]]);
});

test('of an import that is cut off nothing stays but the folder to remove', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  const id = store.beginNetwork('narrow');
  assert.deepEqual([store.networks(), store.removals()], [[], [id]]);
  store.endRemoval(id);
  assert.throws(() => store.addNetwork(network(id, 'narrow')), { code: 'usage', message: /try again/ });
  assert.deepEqual(store.networks(), []);
});

test('what is found about a network lies among what is found about runs, and goes with it', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const [run = ''] = addRuns(store, [0]);
  const id = store.beginNetwork('narrow');
  store.addNetwork(network(id, 'narrow'));
  const probe: Analysis = {
    ...{ run: id, method: 'probe', settings: { images: 100 }, seconds: 1.5, results: [], files: [] },
    createdAt: '2026-01-02T03:04:05.678Z',
  };
  store.saveAnalysis(probe);
  store.saveAnalysis({ ...probe, run });
  store.saveAnalysis({ ...probe, seconds: 3 });
  assert.deepEqual(store.findAnalysis(id, 'probe', { images: 100 }), { ...probe, seconds: 3 });
  assert.deepEqual(
    store.analyses([run, 'unknown', id]).map((each) => [each.run, each.seconds]),
    [
      [run, 1.5],
      [id, 3],
    ],
  );
  assert.deepEqual(
    store.knownAnalyses([id, run]).map((each) => each.run),
    [id, run],
  );
  const known = (): unknown[] => [
    store.analyses([id, run]).map((each) => each.run),
    store.knownAnalyses([id, run]).map((each) => each.run),
    store.analysedSubjects().map((each) => each.id),
  ];
  const whole = known();
  store.trashNetwork(id);
  assert.deepEqual(known(), [[run], [run], [run]]);
  store.restoreNetwork(id);
  assert.deepEqual(known(), whole);
  store.trashNetwork(id);
  store.deleteTrashedNetworks();
  assert.deepEqual(known(), [[run], [run], [run]]);
  assert.throws(() => store.saveAnalysis(probe), { code: 'not-found' });
});

test('of a network nothing but its name and preprocessing ever changes, and none is deleted outside the trash', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  const id = store.beginNetwork('narrow');
  store.addNetwork(network(id, 'narrow'));
  store.close();
  const database = connectWriter(file);
  context.after(() => database.close());
  assert.throws(() => database.exec(`UPDATE networks SET classes_json = '[]'`), /a network never changes/);
  assert.throws(() => database.exec('DELETE FROM networks'), /only networks in the trash/);
});
