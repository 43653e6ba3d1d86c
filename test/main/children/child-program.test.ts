import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startProgram, type ProcessEnd } from '../../../src-main/children/child-program.ts';
import { temporaryFolder } from '../store/sample-study.ts';

/** Starts a program that answers its greeting, and then does what the message says. */
function start(context: TestContext) {
  const entry = join(temporaryFolder(context), 'program.mjs');
  writeFileSync(
    entry,
    `process.send(process.env.GREETING);
     process.on('message', ({ leave }) => {
       process.stderr.write('all that it said\\n');
       if (leave === 'abort') process.abort();
       process.exit(leave);
     });
     process.on('disconnect', () => process.exit(0));`,
  );
  const child = startProgram<{ readonly leave: number | 'abort' }>(entry, { GREETING: 'hello' });
  const greeting = new Promise((resolve) => child.onMessage(resolve));
  const end = new Promise<ProcessEnd>((resolve) => child.onEnd(resolve));
  return { child, greeting, end };
}

test('a program hears and says messages, and how it ended is told with the last that it said', async (context) => {
  const { child, greeting, end } = start(context);
  assert.equal(await greeting, 'hello');
  child.send({ leave: 3 });
  assert.deepEqual(await end, { exitCode: 3, signal: null, errorOutput: 'all that it said' });
  child.send({ leave: 3 });
});

test('an abort and a kill are told by their signals', async (context) => {
  const [aborted, killed] = [start(context), start(context)];
  await Promise.all([aborted.greeting, killed.greeting]);
  aborted.child.send({ leave: 'abort' });
  killed.child.kill();
  const { signal, errorOutput } = await aborted.end;
  assert.equal(signal, 'SIGABRT');
  assert.match(errorOutput, /^all that it said/);
  assert.deepEqual(await killed.end, { exitCode: null, signal: 'SIGKILL', errorOutput: '' });
});
