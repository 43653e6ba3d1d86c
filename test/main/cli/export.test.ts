import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { InferenceSession } from 'onnxruntime-node';
import { readCsv } from '../exports/read-csv.ts';
import { storeTrainedRun } from '../exports/trained-run.ts';
import { loadedModules } from '../loaded-modules.ts';
import { kindling } from './command-line.ts';

const { store, folder, complete, waiting, close } = storeTrainedRun();
after(close);

function exported(...parameters: string[]): string {
  const { status, stdout, stderr } = kindling(['export', ...parameters, '--store', store.file]);
  assert.equal(status, 0, stderr);
  return stdout;
}

test('export onnx writes a model that a runtime opens, without TensorFlow', async (context) => {
  const file = join(folder, 'models', 'net.onnx');
  const modules = await loadedModules(context, (nodeOptions) => {
    const parameters = ['export', 'onnx', complete, '--softmax', '--output', file, '--store', store.file];
    const { status, stdout, stderr } = kindling(parameters, {}, nodeOptions);
    assert.equal(status, 0, stderr);
    assert.equal(stdout, `${file}\n`);
  });
  assert.doesNotMatch(modules, /@tensorflow/);
  const session = await InferenceSession.create(readFileSync(file));
  assert.deepEqual(session.outputNames, ['logits', 'probabilities']);
  await session.release();
});

test('export tensorboard makes a folder for each run that has begun', () => {
  const logs = join(folder, 'logs');
  const stdout = exported('tensorboard', '--study', 'tiny', '--output', logs);
  assert.ok(stdout.startsWith(`1 run in ${logs}`), stdout);
  assert.deepEqual(readdirSync(join(logs, 'tiny')), [`sr=0.5,seed=0,${complete}`]);
});

test('export runs prints CSV, or writes the file that is named', () => {
  const ids = (...parameters: string[]) =>
    readCsv(Buffer.from(exported('runs', ...parameters))).map(({ id }) => id);
  assert.deepEqual(ids(), [complete, waiting]);
  assert.deepEqual(ids('--filter', 'state:complete'), [complete]);
  assert.deepEqual(ids(waiting, '--study', 'tiny'), [waiting]);
  const file = join(folder, 'runs.json');
  assert.equal(exported('runs', '--format', 'json', '--output', file), `${file}\n`);
  const { runs } = JSON.parse(readFileSync(file, 'utf8')) as { runs: { id: string }[] };
  assert.deepEqual(
    runs.map(({ id }) => id),
    [complete, waiting],
  );
});

test('a run, a study or a filter that is not there is a problem', () => {
  const refused = (...parameters: string[]) =>
    kindling(['export', 'runs', ...parameters, '--store', store.file]);
  assert.match(refused('nothing').stderr, /^kindling: .*nothing/);
  assert.match(refused('--study', 'tinny').stderr, /^kindling: There is no study "tinny"/);
  const { status, stderr } = refused('--filter', 'sr <');
  assert.equal(status, 2, stderr);
});
