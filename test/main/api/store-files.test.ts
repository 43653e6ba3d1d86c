import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { STUDY } from '../scheduler/sample-execution.ts';
import { scriptedApplication } from './scripted-application.ts';
import { taskEnd } from './task-end.ts';

test('a backup brings the store back as it was, and the present one is kept', async (context) => {
  const here = scriptedApplication(context);
  const { application } = here;
  await application.request('studies.save', { text: STUDY, launch: false });
  const end = await taskEnd(here, await application.request('store.backup', {}));
  assert.equal(end.state, 'done', end.message);
  const [backup] = await application.request('store.backups', {});
  assert.ok(backup !== undefined && end.message.startsWith(backup.file));
  assert.ok(backup.bytes > 0);

  await application.request('studies.save', { text: STUDY.replace('sample', 'later'), launch: false });
  assert.equal((await application.request('studies.list', {})).length, 2);
  const restoring = await application.request('store.restore', { file: backup.file });
  const meanwhile = await application.answer('studies.list', {});
  assert.equal(meanwhile.ok ? 'ok' : meanwhile.code, 'store-busy');
  const restored = await taskEnd(here, restoring);
  assert.match(
    restored.message,
    /^restored: .*, 1 study with 0 runs, .*\nThe previous store .*before-restore/,
  );
  const studies = await application.request('studies.list', {});
  assert.deepEqual(
    studies.map(({ name }) => name),
    ['sample'],
  );
  await here.event(({ type }) => type === 'reload');
  const backups = await application.request('store.backups', {});
  assert.equal(backups.length, 2);
  assert.ok(backups.some(({ file }) => file.includes('before-restore')));
  await application.request('studies.save', { text: STUDY.replace('sample', 'after'), launch: false });
  assert.equal((await application.request('studies.list', {})).length, 2);
});

test('only what is a store is restored, and not while a study runs', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  await application.request('studies.save', { text: STUDY, launch: false });
  const elsewhere = join(home, 'elsewhere.sqlite');
  await taskEnd(here, await application.request('store.backup', { file: elsewhere }));
  assert.ok(existsSync(elsewhere));
  const again = await taskEnd(here, await application.request('store.backup', { file: elsewhere }));
  assert.match(again.message, /already exists/);
  const wrong = { '/etc/passwd': 'store-damaged', [join(home, 'none')]: 'not-found' };
  for (const [file, code] of Object.entries(wrong)) {
    const end = await taskEnd(here, await application.request('store.restore', { file }));
    assert.deepEqual([end.state, end.failure?.code], ['failed', code]);
  }
  await assert.rejects(application.request('store.restore', { file: '../elsewhere.sqlite' }), {
    code: 'usage',
  });
  assert.equal((await application.request('studies.list', {})).length, 1);
  await application.request('studies.save', { text: STUDY, launch: true });
  await assert.rejects(application.request('store.restore', { file: elsewhere }), {
    code: 'store-busy',
    message: /A study is running/,
  });
  await here.event(({ type }) => type === 'study ended');
});
