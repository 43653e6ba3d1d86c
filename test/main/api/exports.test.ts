import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type Application, createApplication } from '../../../src-main/api/application.ts';
import { exportTensorBoard } from '../../../src-main/exports/tensorboard/export-tensorboard.ts';
import { packFiles } from '../../../src-main/exports/pack-files.ts';
import { storeFile } from '../../../src-main/home.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { fillHome, TWO_FACTORS } from '../../e2e/fill-home.ts';
import { scriptedEnvironment } from './scripted-application.ts';

async function filledApplication(
  context: TestContext,
): Promise<{ application: Application; home: string; runs: string[] }> {
  const home = mkdtempSync(join(tmpdir(), 'kindling-exports-'));
  fillHome(home, TWO_FACTORS);
  const application = createApplication({ home, environment: scriptedEnvironment() });
  context.after(async () => {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  });
  const { runs } = await application.request('runs.table', {});
  return { application, home, runs: runs.map(({ id }) => id) };
}

test('an export is a task beside which all else is answered, and its bytes are those of the command line', async (context) => {
  const { application, home, runs } = await filledApplication(context);
  const exporting = application.request('exports.make', { runs, format: 'tensorboard' });
  const [running] = await application.request('tasks.list', {});
  assert.deepEqual(
    [running?.title, running?.state],
    [`Export ${runs.length} runs: TensorBoard event files`, 'running'],
  );
  const file = await exporting;
  const store = openStore(storeFile(home), { purpose: 'read' });
  const expected = packFiles([...exportTensorBoard(store, runs)], 'tensorboard.zip');
  store.close();
  assert.deepEqual(file.bytes, new Uint8Array(expected.bytes));
  const [ended] = await application.request('tasks.list', {});
  assert.equal(ended?.state, 'done');
  assert.match(ended?.message ?? '', /^tensorboard\.zip, [\d.]+ [kM]B\.$/);
});

test('a cancelled export is refused, as is a restore of the store beneath one', async (context) => {
  const { application, runs } = await filledApplication(context);
  let ended: () => void = () => assert.fail();
  const backedUp = new Promise<void>((resolve) => (ended = resolve));
  const unsubscribe = application.subscribe(({ event }) => {
    if (event.type === 'task' && event.task.state !== 'running') ended();
  });
  await application.request('store.backup', {});
  await backedUp;
  unsubscribe();
  const [backup] = await application.request('store.backups', {});

  const exporting = application.request('exports.make', { runs, format: 'points' });
  const cancelled = assert.rejects(exporting, { code: 'usage', message: 'The export was cancelled.' });
  const restore = application.request('store.restore', { file: backup?.file ?? assert.fail() });
  await assert.rejects(restore, { code: 'store-busy', message: /^"Export .* is in progress/ });
  const [, task] = await application.request('tasks.list', {});
  await application.request('tasks.cancel', { task: task?.id ?? assert.fail() });
  await cancelled;
  const states = (await application.request('tasks.list', {})).map(({ state }) => state);
  assert.deepEqual(states, ['done', 'cancelled']);
  const file = await application.request('exports.make', { runs, format: 'points' });
  assert.equal(file.fileName, 'points.csv');
});
