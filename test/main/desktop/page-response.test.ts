import type { WebFrameMain } from 'electron';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { CONTENT_SECURITY_POLICY } from '../../../src-main/api/content-security-policy.ts';
import { isFromPage } from '../../../src-main/desktop/is-from-page.ts';
import { isPageAddress, PAGE_ADDRESS } from '../../../src-main/desktop/page-address.ts';
import { pageResponse } from '../../../src-main/desktop/page-response.ts';

let folder: string;
let page: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kindling-page-'));
  page = path.join(folder, 'renderer');
  mkdirSync(path.join(page, 'assets'), { recursive: true });
  writeFileSync(path.join(page, 'index.html'), '<!doctype html>');
  writeFileSync(path.join(page, 'assets', 'index-1.js'), 'export {}');
  writeFileSync(path.join(folder, 'secret.json'), '{}');
  symlinkSync(path.join(folder, 'secret.json'), path.join(page, 'link.json'));
});
after(() => rmSync(folder, { recursive: true }));

async function get(
  address: string,
  method = 'GET',
): Promise<[status: number, type: string | null, text: string]> {
  const answer = await pageResponse(page, new Request(address, { method }));
  assert.equal(answer.headers.get('Content-Security-Policy'), CONTENT_SECURITY_POLICY);
  return [answer.status, answer.headers.get('Content-Type'), await answer.text()];
}

test('the page is answered with its files and nothing else', async () => {
  assert.deepEqual(await get(PAGE_ADDRESS), [200, 'text/html; charset=utf-8', '<!doctype html>']);
  assert.deepEqual(await get('app://kindling/assets/index-1.js?v=1#x'), [
    200,
    'text/javascript; charset=utf-8',
    'export {}',
  ]);
  for (const address of [
    'app://kindling/missing.js',
    'app://kindling/assets',
    'app://kindling/../secret.json',
    'app://kindling/%2e%2e/secret.json',
    'app://kindling/..%2fsecret.json',
    'app://kindling/assets/..%5c..%5c..%5csecret.json',
    'app://kindling/link.json',
    'app://other/index.html',
  ]) {
    assert.deepEqual(await get(address), [404, null, ''], address);
  }
  assert.equal((await get(PAGE_ADDRESS, 'POST'))[0], 405);
});

test('only our page is our page', () => {
  for (const address of ['app://kindling/', 'app://kindling/index.html#/runs']) {
    assert.ok(isPageAddress(address), address);
    assert.ok(isFromPage({ url: address, parent: null }), address);
  }
  for (const address of [
    '',
    'about:blank',
    'file:///app/index.html',
    'https://kindling/',
    'app://kindling.example/',
    'app://kindling@other/',
    'app://user@kindling/',
    'app://kindling:80/',
    'data:text/html,app://kindling/',
  ]) {
    assert.ok(!isPageAddress(address), address);
    assert.ok(!isFromPage({ url: address, parent: null }), address);
  }
  assert.ok(!isFromPage(null));
  const frame = { url: 'app://kindling/', parent: { url: 'app://kindling/' } };
  assert.ok(!isFromPage(frame as Pick<WebFrameMain, 'url' | 'parent'>), 'a frame within the page');
});
