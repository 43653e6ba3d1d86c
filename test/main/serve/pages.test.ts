import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer } from '../../../src-main/serve/start-server.ts';
import { ask } from './ask.ts';
import { builtPage, SECRET, served } from './served.ts';

test('files of the page come with their types, hashed ones for good, and may load nothing foreign', async (context) => {
  const { server, bearer } = await served(context);
  const get = (path: string): ReturnType<typeof ask> => ask({ port: server.port, path, headers: bearer });
  const index = await get('/');
  assert.match(index.text, /<title>Kindling/);
  assert.equal(index.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(index.headers['cache-control'], 'no-store');
  const script = await get('/assets/index-3f2a.js');
  assert.equal(script.headers['content-type'], 'text/javascript; charset=utf-8');
  assert.equal(script.headers['cache-control'], 'private, max-age=31536000, immutable');
  assert.equal((await get('/assets/inter-77ab.woff2')).headers['content-type'], 'font/woff2');
  const refused = await ask({ port: server.port, path: '/' });
  for (const { headers } of [index, script, refused]) {
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; script-src 'self';/);
    assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['access-control-allow-origin'], undefined);
  }
  const head = await ask({ port: server.port, path: '/', method: 'HEAD', headers: bearer });
  assert.equal(head.headers['content-length'], String(index.text.length));
  assert.equal((await ask({ port: server.port, path: '/', method: 'PUT', headers: bearer })).status, 405);
});

test('no path leads out of the page', async (context) => {
  const { server, bearer } = await served(context);
  const paths = [
    ...['/../secret.js', '/assets/../../secret.js', '/%2e%2e/secret.js', '/..%2fsecret.js', '//../secret.js'],
    ...['/assets/%2e%2e%2f%2e%2e%2fsecret.js', '/..%5csecret.js', '/..\\secret.js', '/%252e%252e/secret.js'],
    ...['/assets/link.js', '/assets/up/secret.js', '/assets/up/page/../secret.js', '/secret.js%00', '/%'],
    ...['/assets', '/assets/', '/built-from', '/nothing.js'],
  ];
  for (const path of paths) {
    const { status, text } = await ask({ port: server.port, path, headers: bearer });
    assert.equal(status, 404, path);
    assert.ok(!text.includes(SECRET), path);
  }
});

test('only this machine is listened to', async (context) => {
  const { server } = await served(context);
  const elsewhere = connect({ host: '127.0.0.2', port: server.port });
  const [error] = (await once(elsewhere, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
});

test('a port that is taken and a page that is not built are problems with what to do', async (context) => {
  const { server, here } = await served(context);
  const { application } = here;
  await assert.rejects(
    startServer({ application, page: builtPage(context), port: server.port }),
    /Port \d+ is in use by another program\. Choose another with --port, or use --port 0 for any free port\./,
  );
  const empty = mkdtempSync(join(tmpdir(), 'kindling-page-'));
  context.after(() => rmSync(empty, { recursive: true }));
  await assert.rejects(startServer({ application, page: empty, port: 0 }), /The page has not been built/);
});
