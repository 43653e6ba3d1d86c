import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createUploads } from '../../../src-main/api/uploads.ts';

function uploadsFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-uploads-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'uploads');
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('pieces become the file, also where an answer was lost or two arrive at a time', async (context) => {
  const folder = uploadsFolder(context);
  const uploads = createUploads(folder);
  const { id } = await uploads.begin({ name: 'C:\\mine\\cats.tar', bytes: 9 });
  assert.throws(() => uploads.fileOf(id), {
    code: 'usage',
    message: /cats\.tar is still being sent: 0 of 9/,
  });
  const [first, second] = await Promise.all([
    uploads.append(id, 0, bytesOf('abc')),
    uploads.append(id, 3, bytesOf('def')),
  ]);
  assert.deepEqual([first.arrived, second.arrived], [3, 6]);
  assert.equal((await uploads.append(id, 3, bytesOf('def'))).arrived, 6);
  for (const at of [0, 3, 7])
    await assert.rejects(uploads.append(id, at, bytesOf('xy')), { code: 'usage', message: /6 of 9 have/ });
  await assert.rejects(uploads.append(id, 6, bytesOf('ghij')), { code: 'usage' });
  await uploads.append(id, 6, bytesOf('ghi'));
  assert.equal(readFileSync(uploads.fileOf(id), 'utf8'), 'abcdefghi');
  assert.match(uploads.fileOf(id), /[/]cats\.tar$/);
  await uploads.remove(id);
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(uploads.append(id, 0, bytesOf('a')), { code: 'not-found' });
});

test('the limit holds for all together, and says what to do instead', async (context) => {
  const uploads = createUploads(uploadsFolder(context), { most: 100 });
  context.after(() => uploads.close());
  await assert.rejects(uploads.begin({ name: 'a.tar', bytes: 101 }), {
    code: 'usage',
    message: /a\.tar has 101 B; up to 100 B .*give its path here/,
  });
  const { id } = await uploads.begin({ name: '..', bytes: 60 });
  await assert.rejects(uploads.begin({ name: 'b.tar', bytes: 60 }), {
    message: /60 B are being sent already/,
  });
  await uploads.remove(id);
  await uploads.begin({ name: 'b.tar', bytes: 60 });
});

test('nothing is left of what is silent, of a program that ends, and of one that was killed', async (context) => {
  const folder = uploadsFolder(context);
  const patient = createUploads(folder);
  const impatient = createUploads(folder, { silence: 20 });
  const silent = await impatient.begin({ name: 'a', bytes: 2 });
  while (readdirSync(folder).length > 0) await setTimeout(10);
  await assert.rejects(impatient.append(silent.id, 0, bytesOf('a')), { code: 'not-found' });

  await patient.begin({ name: 'a', bytes: 2 });
  patient.close();
  assert.deepEqual(readdirSync(folder), []);

  const dead = spawnSync(process.execPath, ['--version']).pid;
  const left = join(folder, `.upload.${hostname().replaceAll(/[^\w-]/g, '_')}-${dead}-0123abcd.unfinished`);
  mkdirSync(left);
  writeFileSync(join(left, 'a.tar'), 'half');
  const { id } = await patient.begin({ name: 'b', bytes: 1 });
  assert.equal(existsSync(left), false);
  await patient.remove(id);
});
