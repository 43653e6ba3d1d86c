import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { takeLock } from '../../../src-main/files/exclusive-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-lock-'));
after(() => rmSync(folder, { recursive: true }));

test('a lock is held once, and again after it was let go', () => {
  const file = join(folder, 'a.lock');
  const lock = takeLock(file) ?? assert.fail();
  assert.equal(takeLock(file), null);
  lock.release();
  lock.release();
  const next = takeLock(file) ?? assert.fail();
  next.release();
});

test('a lock of a process that was killed is free', { timeout: 60_000 }, async (context) => {
  const file = join(folder, 'b.lock');
  const module = new URL('../../../src-main/files/exclusive-lock.ts', import.meta.url).href;
  const script = `const { takeLock } = await import(${JSON.stringify(module)});
    globalThis.lock = takeLock(${JSON.stringify(file)});
    console.log(globalThis.lock !== null); setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'pipe' });
  context.after(() => holder.kill('SIGKILL'));
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  assert.equal(said.toString().trim(), 'true');
  assert.equal(takeLock(file), null);
  holder.kill('SIGKILL');
  await once(holder, 'close');
  const next = takeLock(file) ?? assert.fail();
  next.release();
});
