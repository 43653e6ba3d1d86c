import assert from 'node:assert/strict';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createApplication } from '../../../src-main/api/application.ts';
import { letAttach } from '../../../src-main/attach/let-attach.ts';
import { enginesFolder, storeFile } from '../../../src-main/home.ts';
import { analyzedStore } from '../analysis/analyzed-store.ts';
import { scriptedApplication } from '../api/scripted-application.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { startHost } from '../work/started-host.ts';
import { attachable } from './attachable-application.ts';
import { startCommand } from './start-command.ts';

test('a study runs in the application that holds the store, and looks as it does alone', async (context) => {
  const here = await attachable(context);
  const { status, stdout, stderr } = await here.command('study', 'run', here.file, '--jobs', '1').end;
  assert.equal(status, 0, stderr);
  assert.match(
    stdout,
    /^another Kindling \(process \d+ on .*\) holds the store: running the study there\.$/m,
  );
  assert.match(stdout, /^sample: 2 cells x 2 seeds = 4 runs; for the test$/m);
  assert.match(stdout, /^trainer ready after .* s: scripted 1 on CPU:0, 1 thread$/m);
  assert.equal(stdout.match(/^begun: SR = /gm)?.length, 4);
  assert.equal(stdout.match(/^done: SR = .*: 5[01]\.00 % in 1 s$/gm)?.length, 4);
  assert.match(stdout, /^sample: 4 of 4 runs, best: /m);
  assert.match(stdout, /^ 0\.5 +50\.5 /m);
  assert(existsSync(join(here.home, 'figures', 'sample', 'factor.svg')));
  const started = here.events.flatMap(({ event }) =>
    event.type === 'execution' && event.event.type === 'study started' ? [event.event] : [],
  );
  assert.deepEqual(
    started.map(({ jobs }) => jobs),
    [1],
  );
  assert.deepEqual(here.bugs, []);

  const again = await here.command('study', 'run', here.file, '--json').end;
  assert.deepEqual(
    [again.status, (JSON.parse(again.stdout) as { n: number }[]).map(({ n }) => n)],
    [0, [2, 2]],
  );
  assert.match(again.stderr, /Complete already: 4 runs; missing: 0/);
});

test('Ctrl-C stops the study there with status 130; --detach leaves it there, and others wait in line', async (context) => {
  const here = await attachable(context);
  const release = here.hold();
  const detached = await here.command('study', 'run', here.file, '--detach').end;
  assert.equal(detached.status, 0, detached.stderr);
  assert.match(
    detached.stdout,
    /^sample is running in another Kindling .*; run `study run` again to follow it\.$/m,
  );

  const other = join(here.home, 'other.yaml');
  writeFileSync(other, STUDY.replace('sample', 'other'));
  const waiting = here.command('study', 'run', other);
  await waiting.said(/other is queued, position 1/);
  const following = here.command('study', 'run', here.file);
  await following.said(/holds the store/);
  waiting.kill('SIGINT');
  const ended = await waiting.end;
  assert.deepEqual([ended.status, ended.stderr], [130, 'kindling: stopped before it started.\n']);

  following.kill('SIGINT');
  const stopped = await following.end;
  assert.equal(stopped.status, 130, stopped.stderr);
  assert.match(stopped.stdout, /stopping after the current step of each trainer/);
  assert.match(stopped.stderr, /stopped; 4 of 4 runs are missing/);
  release();
  const [sample] = await here.application.request('studies.list', {});
  assert.equal(sample?.activity, 'idle');
  assert.deepEqual(here.bugs, []);
});

test('what is wrong with a study is said as it is alone', async (context) => {
  const here = await attachable(context);
  writeFileSync(here.file, STUDY.replace('[0.25, 0.5]', '[0.25, -1]'));
  const wrong = await here.command('study', 'run', here.file).end;
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /^kindling: .*study\.yaml is not a valid study:\n {2}line 4/);
  writeFileSync(here.file, STUDY.replace('shapes', 'cifar10'));
  const missing = await here.command('study', 'run', here.file).end;
  assert.deepEqual([missing.status, missing.stderr], [1, 'kindling: there is no data set named cifar10.\n']);
  writeFileSync(here.file, STUDY);
  here.script({ trouble: { seed: 0, step: 2, kind: 'diverge' } });
  const diverged = await here.command('study', 'run', here.file).end;
  assert.equal(diverged.status, 1);
  assert.match(diverged.stderr, /of 4 runs 2 diverged; `kindling run list --state failed` shows why/);
  assert.match(diverged.stderr, /`--retry-diverged` repeats what diverged, too/);
  here.script({});
  const repeated = await here.command('study', 'run', here.file, '--retry-diverged').end;
  assert.equal(repeated.status, 0, repeated.stderr);
});

test('analyses are computed by the application that holds the store', async (context) => {
  const { store, folder, runs } = analyzedStore(context);
  store.close();
  symlinkSync(enginesFolder(), enginesFolder(folder));
  const application = createApplication({ home: folder, holder: 'the Kindling window' });
  const attached = await letAttach(application, storeFile(folder));
  context.after(() => attached.close());
  const tasks: string[] = [];
  application.subscribe(({ event }) => {
    if (event.type === 'task') tasks.push(`${event.task.title}: ${event.task.state}`);
  });
  const asked = ['analyze', ...runs, '--methods', 'separation', '--images', '60', '--json'];
  const elsewhere = { KINDLING_HOME: folder, KINDLING_ENGINE: 'other' };
  const { status, stdout, stderr } = await startCommand(context, asked, elsewhere).end;
  assert.equal(status, 0, stderr);
  assert.match(
    stderr,
    /^kindling: the Kindling window \(.*\) computes, with tensorflow-\w+, whatever KINDLING_ENGINE is here\.$/m,
  );
  assert.match(stderr, /^separation of run \w+, 1 of 2$/m);
  const found = JSON.parse(stdout) as { run: string; results: { measure: string }[] }[];
  assert.deepEqual(
    found.map(({ run }) => run),
    runs,
  );
  assert(found.every(({ results }) => results.some(({ measure }) => measure === 'fisher ratio')));
  assert.equal(tasks.at(-1), 'Analyse 2 runs: done');
  const told = tasks.length;
  assert.equal((await startCommand(context, asked, { KINDLING_HOME: folder }).end).stdout, stdout);
  assert.equal(tasks.length, told, 'what is known is not computed again');
  const wrong = await startCommand(context, [...asked, '--methods', 'none'], { KINDLING_HOME: folder }).end;
  assert.deepEqual([wrong.status, /none/.test(wrong.stderr)], [1, true]);
});

test('an application that is killed ends its commands with words, and the next takes the store itself', async (context) => {
  const here = scriptedApplication(context);
  await here.application.close();
  const host = startHost(context, [here.home], join(import.meta.dirname, 'attachable-host.ts'));
  assert.equal(await host.line(), 'ready');
  const file = join(here.home, 'study.yaml');
  writeFileSync(file, STUDY);
  const environment = { KINDLING_HOME: here.home };
  const following = startCommand(context, ['study', 'run', file], environment);
  await following.said(/begun: /);
  process.kill(host.pid, 'SIGKILL');
  const { status, stderr } = await following.end;
  assert.equal(status, 1);
  assert.match(stderr, /The application that held .*kindling\.sqlite has ended or was interrupted/);

  const alone = await startCommand(context, ['study', 'run', file, '--detach'], environment).end;
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /no application is running/);
  const left = await startCommand(context, ['study', 'run', file, '--submit-and-leave'], environment).end;
  assert.equal(left.status, 2);
  assert.match(left.stderr, /local-processes end with this command, .*: add --executor background or slurm/);
  const places = ['--executor', 'slurm', '--cpus', '2', '--devices', '0'];
  const both = await startCommand(context, ['study', 'run', file, ...places], environment).end;
  assert.deepEqual([both.status, /--devices: .* not for slurm\./.test(both.stderr)], [2, true]);
  const own = await startCommand(context, ['study', 'run', file], environment).end;
  // it looks at what it would train with, and would have been refused before if the store were held
  assert.match(own.stderr, /kindling engine install cpu/);
});
