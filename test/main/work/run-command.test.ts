import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../../../src-main/work/run-command.ts';
import { gone, startHost } from './started-host.ts';

/** Says its number and that of a child that outlives it, unless both are ended. */
const WITH_CHILD = ['-c', 'sleep 600 & echo $!; echo $$; wait'];

test('a program is told as it ended, with all that it said', async () => {
  const { status, signal, stdout, stderr } = await runCommand('sh', ['-c', 'echo out; echo err >&2; exit 3']);
  assert.deepEqual([status, signal, stdout, stderr], [3, null, 'out\n', 'err\n']);
  assert.equal((await runCommand('sh', ['-c', 'kill -9 $$'])).signal, 'SIGKILL');
  await assert.rejects(runCommand('there-is-no-such-program', []), { code: 'ENOENT' });
});

test('cancelled or out of time, a program ends with all that it has started', async () => {
  const reason = new Error('enough');
  const controller = new AbortController();
  const pids: number[] = [];
  const onLine = (line: string): void => {
    if (pids.push(Number(line)) === 2) controller.abort(reason);
  };
  const { signal } = controller;
  await assert.rejects(runCommand('sh', WITH_CHILD, { signal, onLine }), reason);
  const late = await runCommand('sh', WITH_CHILD, { timeout: 300 });
  assert.equal(late.signal, 'SIGKILL');
  for (const pid of [...pids, ...late.stdout.trim().split('\n').map(Number)]) await gone(pid);
});

test('a program ends with this one, with all that it has started, also if this one is killed', async (context) => {
  for (const end of ['SIGKILL', 'SIGTERM'] as const) {
    const host = startHost(context, [], 'command-host.ts');
    const pids = [Number(await host.line()), Number(await host.line())];
    process.kill(host.pid, end);
    for (const pid of pids) await gone(pid);
  }
});
