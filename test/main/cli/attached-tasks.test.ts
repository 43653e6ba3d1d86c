import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { storeFile } from '../../../src-main/home.ts';
import type { Restored } from '../../../src-shared/contract/api/store-files.ts';
import { installSample } from '../api/sample-engine.ts';
import { writeClasses } from '../datasets/picture-files.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { loadedModules } from '../loaded-modules.ts';
import { attachable } from './attachable-application.ts';
import { startCommand } from './start-command.ts';

test('the store is backed up and restored by the application that holds it', async (context) => {
  const here = await attachable(context);
  const { application, home, file, command } = here;
  await application.request('studies.save', { text: STUDY, launch: false });
  const backup = join(home, 'elsewhere.sqlite');
  const written = await command('store', 'backup', relative(process.cwd(), backup)).end;
  assert.equal(written.status, 0, written.stderr);
  assert.match(written.stdout, /^\/.*elsewhere\.sqlite \(.* kB\), checked\.\n$/);
  // by another name of the store, too
  const link = join(home, 'link.sqlite');
  symlinkSync(storeFile(home), link);
  const again = await command('store', 'backup', backup, '--store', link).end;
  assert.deepEqual([again.status, /already exists/.test(again.stderr)], [2, true]);
  const tasks = await application.request('tasks.list', {});
  assert.deepEqual(
    tasks.map(({ state }) => state),
    ['done', 'failed'],
  );

  await application.request('studies.save', { text: STUDY.replace('sample', 'later'), launch: false });
  const restored = await command('store', 'restore', backup, '--json').end;
  assert.equal(restored.status, 0, restored.stderr);
  const { check, kept } = JSON.parse(restored.stdout) as Restored;
  assert.deepEqual([check.studies, check.file, existsSync(kept ?? '')], [1, storeFile(home), true]);
  assert.equal((await application.request('studies.list', {})).length, 1);
  const wrong = await command('store', 'restore', file).end;
  assert.deepEqual(
    [wrong.status, /study\.yaml is not a Kindling store/.test(wrong.stderr)],
    [1, true],
    wrong.stderr,
  );

  const release = here.hold();
  await application.request('studies.save', { text: STUDY, launch: true });
  const refused = await command('store', 'restore', backup).end;
  assert.deepEqual([refused.status, refused.stdout], [1, '']);
  assert.match(
    refused.stderr,
    /^kindling: A study is running: wait for it to finish, or cancel it, before restoring\.\n$/,
  );
  assert.equal((await command('store', 'backup').end).status, 0, 'a backup can be made meanwhile');
  release();
  await here.event(({ type }) => type === 'study ended');
  assert.deepEqual(here.bugs, []);
});

test('data sets and engines that a command adds are there for the open application at once', async (context) => {
  const { application, home, events, command, bugs } = await attachable(context);
  await writeClasses(join(home, 'pictures'), ['left', 'right'], 10);
  const from = relative(process.cwd(), join(home, 'pictures'));
  const added = await command('dataset', 'add', 'sides', '--from', from, '--size', '4').end;
  assert.equal(added.status, 0, added.stderr);
  assert.match(added.stdout, /^sides: 16 training and 4 test images of 4x4x3 in 2 classes\.$/m);
  assert.match(added.stdout, /^note: /m);
  assert.match(added.stderr, /^reading /m);
  const broken = await command('dataset', 'add', 'none', '--from', join(home, 'nowhere')).end;
  assert.deepEqual([broken.status, /nowhere/.test(broken.stderr)], [1, true]);
  const tasks = events.flatMap(({ event }) => (event.type === 'task' ? [event.task] : []));
  assert.deepEqual(
    tasks.flatMap(({ title, state }) => (state === 'running' ? [] : [`${title}: ${state}`])),
    ['Add sides from pictures: done', 'Add none from nowhere: failed'],
  );

  await installSample(home, 'first');
  await installSample(home, 'second');
  const modules = await loadedModules(context, async (nodeOptions) => {
    const chosen = await startCommand(context, ['engine', 'use', 'first'], {
      KINDLING_HOME: home,
      NODE_OPTIONS: nodeOptions.join(' '),
    }).end;
    assert.deepEqual(
      [chosen.status, chosen.stdout],
      [0, 'first, TensorFlow 2.20.0 on CPU:0, is chosen.\n'],
      chosen.stderr,
    );
  });
  assert.match(modules, /attach\/attach\.ts/);
  assert.doesNotMatch(
    modules,
    /src-main\/(api|scheduler)\//,
    'no second application is loaded beside the open one',
  );
  assert.equal((await application.request('application.state', {})).engine, 'first');
  const wheel = await command('engine', 'install', 'cpu', '--wheel', 'nowhere.whl').end;
  assert.deepEqual([wheel.status, /nowhere\.whl/.test(wheel.stderr)], [1, true], wheel.stderr);
  assert.equal(events.at(-1)?.event.type, 'task');
  assert.deepEqual(bugs, []);
});

test('Ctrl-C cancels what the open application does for a command, and only that', async (context) => {
  const { application, home, command, event } = await attachable(context);
  // nobody ever writes into it
  const pipe = join(home, 'endless.tar');
  execFileSync('mkfifo', [pipe]);
  const adding = command('dataset', 'add', 'endless', '--from', pipe);
  await event(({ type }) => type === 'task');
  adding.kill('SIGINT');
  const { status, stderr } = await adding.end;
  assert.equal(status, 130);
  assert.match(stderr, /^kindling: stopped; endless was not added\.$/m);
  const [task] = await application.request('tasks.list', {});
  assert.equal(task?.state, 'cancelled');
});
