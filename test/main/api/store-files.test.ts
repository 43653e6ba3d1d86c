import assert from 'node:assert/strict';
import { copyFileSync, existsSync } from 'node:fs';
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
  const restoring = application.request('store.restore', { file: backup.file });
  const meanwhile = await application.answer('studies.list', {});
  assert.equal(meanwhile.ok ? 'ok' : meanwhile.code, 'store-busy');
  await restoring;
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

test('only a backup of the store is restored, and not while a study runs', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  await taskEnd(here, await application.request('store.backup', {}));
  const [backup] = await application.request('store.backups', {});
  assert.ok(backup !== undefined && existsSync(backup.file));
  const elsewhere = join(home, 'elsewhere.sqlite');
  copyFileSync(backup.file, elsewhere);
  for (const file of [elsewhere, '../elsewhere.sqlite', '/etc/passwd', 'nothing.sqlite']) {
    await assert.rejects(application.request('store.restore', { file }), { code: 'not-found' });
  }
  await application.request('studies.save', { text: STUDY, launch: true });
  await assert.rejects(application.request('store.restore', { file: backup.file }), {
    code: 'usage',
    message: /A study is running/,
  });
  await here.event(({ type }) => type === 'study ended');
});
