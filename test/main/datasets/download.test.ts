import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { OfficialFile } from '../../../src-main/datasets/catalogue.ts';
import { downloadFile } from '../../../src-main/datasets/download.ts';
import { temporaryFolder } from './temporary-folder.ts';

const CONTENT = randomBytes(300_000);
const MD5 = createHash('md5').update(CONTENT).digest('hex');

interface Server {
  readonly file: OfficialFile;
  /** The range header of each request so far. */
  readonly ranges: (string | undefined)[];
}

/** A loopback server of CONTENT that knows ranges; it cuts the connection after so many bytes of an answer. */
async function serve(context: TestContext, cutAfter = Infinity, ranged = true): Promise<Server> {
  const ranges: (string | undefined)[] = [];
  const server = http.createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = ranged ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (request.url !== '/a/data.bin') return response.writeHead(404).end();
    if (from >= CONTENT.length) return response.writeHead(416).end();
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': CONTENT.length - from });
    if (CONTENT.length - from <= cutAfter) return response.end(CONTENT.subarray(from));
    return response.write(CONTENT.subarray(from, from + cutAfter), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/data.bin`;
  return { file: { url, bytes: CONTENT.length, checksum: { algorithm: 'md5', value: MD5 } }, ranges };
}

test('a file is fetched with progress, checked, and not fetched again', async (context) => {
  const folder = temporaryFolder(context);
  const { file, ranges } = await serve(context);
  const seen: [number, number | null][] = [];
  const target = await downloadFile(file, folder, { onProgress: (...progress) => seen.push(progress) });
  assert.deepEqual(fs.readFileSync(target), CONTENT);
  assert.deepEqual(seen.at(-1), [300_000, 300_000]);
  assert.ok(seen.length > 2);
  assert.deepEqual(fs.readdirSync(folder), ['data.bin']);
  await downloadFile(file, folder);
  assert.equal(ranges.length, 1);
});

test('a broken connection is told, and the next attempt goes on from there', async (context) => {
  const folder = temporaryFolder(context);
  const { file, ranges } = await serve(context, 100_000);
  for (let attempt = 0; attempt < 2; attempt++) {
    await assert.rejects(downloadFile(file, folder), {
      code: 'data-invalid',
      message: /connection broke after \d+ of 300000 bytes\. The next attempt goes on from there/,
    });
  }
  const have = fs.statSync(path.join(folder, 'data.bin.part')).size;
  assert.ok(have > 100_000 && have <= 200_000, `${have}`);
  assert.deepEqual(fs.readFileSync(await downloadFile(file, folder)), CONTENT);
  assert.equal(ranges.at(-1), `bytes=${have}-`);
});

test('a server that knows no ranges is asked for the whole', async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context, Infinity, false);
  fs.writeFileSync(path.join(folder, 'data.bin.part'), CONTENT.subarray(0, 5000));
  assert.deepEqual(fs.readFileSync(await downloadFile(file, folder)), CONTENT);
});

test('a part that is already whole needs no more than its checksum', async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context);
  fs.writeFileSync(path.join(folder, 'data.bin.part'), CONTENT);
  assert.deepEqual(fs.readFileSync(await downloadFile(file, folder)), CONTENT);
});

test('a wrong checksum is told and nothing is kept', async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context);
  const other = { ...file, checksum: { algorithm: 'md5', value: '0'.repeat(32) } as const };
  await assert.rejects(downloadFile(other, folder), {
    code: 'data-invalid',
    message: new RegExp(`checksum differs \\(md5 expected 0+, found ${MD5}\\)`),
  });
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('a server that sends more than the official file has is cut off, and nothing is kept', async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context);
  const smaller = { ...file, bytes: 100_000 };
  const seen: number[] = [];
  const onProgress = (done: number): unknown => seen.push(done);
  await assert.rejects(downloadFile(smaller, folder, { onProgress }), {
    code: 'data-invalid',
    message: /the server sends more than the 100000 bytes of the official file/,
  });
  assert.ok(
    seen.every((done) => done <= 100_000),
    `${seen.at(-1)}`,
  );
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('refusals, absent servers and interruptions', async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context);
  const missing = { ...file, url: file.url.replace('data', 'other') };
  await assert.rejects(downloadFile(missing, folder), {
    code: 'data-missing',
    message: /answered 404.*--from/s,
  });
  const absent = { ...file, url: 'http://127.0.0.1:1/data.bin' };
  await assert.rejects(downloadFile(absent, folder), {
    code: 'data-missing',
    message: /cannot reach 127\.0\.0\.1:1/,
  });
  const controller = new AbortController();
  const stopped = new Error('stopped');
  const onProgress = (): void => controller.abort(stopped);
  await assert.rejects(downloadFile(file, folder, { signal: controller.signal, onProgress }), stopped);
});

test('a full disk', { skip: !fs.existsSync('/dev/full') && 'no /dev/full here' }, async (context) => {
  const folder = temporaryFolder(context);
  const { file } = await serve(context);
  fs.symlinkSync('/dev/full', path.join(folder, 'data.bin.part'));
  await assert.rejects(downloadFile(file, folder), { code: 'disk-full', message: /KINDLING_HOME/ });
});
