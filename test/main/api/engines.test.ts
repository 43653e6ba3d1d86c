import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstSource, installing } from '../../../src-main/engine/installations/install-advice.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { enginesFolder } from '../../../src-main/home.ts';
import type { StudyListing } from '../../../src-shared/contract/api/studies.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { installSample } from './sample-engine.ts';
import { scriptedApplication } from './scripted-application.ts';
import { taskEnd } from './task-end.ts';

test('engines are listed with their sizes and chosen by name', async (context) => {
  const { application, home } = scriptedApplication(context);
  assert.deepEqual(await application.request('engines.list', {}), []);
  await installSample(home, 'first');
  await installSample(home, 'second');
  const engines = await application.request('engines.list', {});
  assert.deepEqual(
    engines.map(({ name, selected }) => [name, selected]),
    [
      ['first', false],
      ['second', true],
    ],
  );
  assert.deepEqual([engines[0]?.version, engines[0]?.origin], ['2.20.0', 'a.whl']);
  assert.ok((engines[0]?.bytes ?? 0) > 'no library'.length);
  const after = await application.request('engines.select', { name: 'first' });
  assert.deepEqual(
    after.map(({ selected }) => selected),
    [true, false],
  );
  assert.equal((await application.request('application.state', {})).engine, 'first');
  await assert.rejects(application.request('engines.select', { name: 'third' }), {
    code: 'not-found',
    message: 'There is no engine third. Installed: first, second.',
  });
});

test('an engine that does not load fails its test, and is to be installed again as it was; that of this machine computes', async (context) => {
  const broken = scriptedApplication(context);
  await installSample(broken.home, 'custom');
  const failed = await broken.application.request('engines.test', { name: 'custom' });
  assert.equal((await taskEnd(broken, failed)).state, 'failed');
  const checks = await broken.application.request('doctor.examine', {});
  assert.equal(checks.find(({ name }) => name === 'Engine')?.remedy, 'kindling engine use a.whl');

  const here = scriptedApplication(context);
  symlinkSync(enginesFolder(), enginesFolder(here.home));
  const [engine] = await here.application.request('engines.list', {});
  const tested = await here.application.request('engines.test', { name: engine?.name ?? '' });
  const end = await taskEnd(here, tested);
  assert.equal(end.state, 'done', end.message);
  assert.match(end.message, /^TensorFlow \d+\.\d+\.\d+ computed correctly on [CG]PU:0/);
});

test('an installation that cannot begin is refused at once, one that fails says why', async (context) => {
  const here = scriptedApplication(context);
  const { application, home } = here;
  const refused = { code: 'usage' };
  await assert.rejects(application.request('engines.install', { source: 'use' }), refused);
  await assert.rejects(
    application.request('engines.install', { source: 'use', path: 'tensorflow' }),
    refused,
  );
  await assert.rejects(application.request('engines.install', { source: 'gpu', path: home }), refused);
  const task = await application.request('engines.install', { source: 'use', path: join(home, 'nowhere') });
  const end = await taskEnd(here, task);
  assert.equal(end.state, 'failed');
  assert.match(end.message, /nowhere/);
  assert.deepEqual(await application.request('engines.list', {}), []);
});

test('a study that ended for the want of an engine goes on once that is installed for it, as it was launched', async (context) => {
  const here = scriptedApplication(context, selectedEngine);
  const { application } = here;
  const status = async (): Promise<StudyListing> =>
    (await application.request('studies.get', { study: 'sample' })).listing;
  await application.request('studies.save', { text: STUDY, launch: true });
  await here.event((event) => event.type === 'study ended');
  const { problem, offer } = await status();
  assert.match(problem ?? '', /^No engine is installed/);
  assert.equal(offer?.action, 'install-engine');
  const task = await application.request('engines.install', { source: 'javascript', goOn: 'sample' });
  const end = await taskEnd(here, task);
  assert.equal(end.state, 'done', end.message);
  await here.event((event) => event.type === 'study ended' && event.well);
  const after = await status();
  assert.deepEqual([after.problem, after.complete], [null, after.wanted]);
});

test('devices are those of this machine', async (context) => {
  const { application } = scriptedApplication(context);
  const devices = await application.request('devices.list', {});
  assert.ok(devices.cores >= 1);
  assert.ok(devices.memoryBytes > 1e8);
  assert.ok(devices.diskFreeBytes > 0);
  assert.deepEqual([devices.trainerCards, devices.note], [[], null]);
});

test('the doctor says what is missing, also of the store that is open', async (context) => {
  const { application } = scriptedApplication(context);
  const checks = await application.request('doctor.examine', {});
  const find = (name: string) => checks.find((check) => check.name === name);
  assert.equal(find('Node')?.state, 'ok');
  assert.deepEqual(
    [find('Engine')?.state, find('Engine')?.remedy],
    ['missing', installing(firstSource()).command],
  );
  assert.equal(find('Store')?.state, 'ok');
});
