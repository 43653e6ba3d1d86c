import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../../src-shared/contract/api/index.ts';
import { LARGEST_BODY } from '../../../src-main/serve/read-body.ts';
import { ask, type Question, type Reply } from './ask.ts';
import { type Served, served } from './served.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

function post(
  { server, bearer }: Served,
  name: string,
  body: Question['body'],
  headers: Question['headers'] = JSON_TYPE,
): Promise<Reply> {
  const all = { ...bearer, ...headers };
  return ask({ port: server.port, path: `/api/${name}`, method: 'POST', headers: all, body: body ?? [] });
}

test('an answer has the status of its kind', async (context) => {
  const here = await served(context);
  const cases: readonly [name: string, body: string, status: number, code: string | null][] = [
    ['studies.list', '{}', 200, null],
    ['studies.get', '{"study":"nowhere"}', 404, 'not-found'],
    ['studies.get', '{"wrong":1}', 400, 'usage'],
    ['studies.list', '[]', 400, 'usage'],
    ['no.such', '{}', 400, 'usage'],
    ['__proto__', '{}', 400, 'usage'],
    ['studies.save', '{"text":"study: [","launch":false}', 422, 'study-invalid'],
  ];
  for (const [name, body, status, code] of cases) {
    const reply = await post(here, name, [body]);
    assert.equal(reply.status, status, `${name} ${body}: ${reply.text}`);
    assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8');
    const answer = JSON.parse(reply.text) as Answer<unknown>;
    assert.equal(answer.ok ? null : answer.code, code);
  }
});

test('what is no request of the API is refused before it is looked at', async (context) => {
  const here = await served(context);
  assert.equal((await post(here, 'studies.list', ['{'])).status, 400);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    assert.equal((await post(here, 'studies.list', ['{}'], { 'Content-Type': type })).status, 415);
  }
  assert.equal((await post(here, 'studies.list', ['{}'], {})).status, 415);
  const { server, bearer } = here;
  const got = await ask({ port: server.port, path: '/api/studies.list', headers: bearer });
  assert.deepEqual([got.status, got.headers.allow], [405, 'POST']);
});

test('a body that is too long is refused, whether it says its length or not', async (context) => {
  const here = await served(context);
  const part = ' '.repeat(1 << 20);
  const parts = Array.from({ length: LARGEST_BODY / part.length + 1 }, () => part);
  assert.equal((await post(here, 'studies.list', parts)).status, 413);
  const length = { ...JSON_TYPE, 'Content-Length': LARGEST_BODY + 1 };
  assert.equal((await post(here, 'studies.list', parts, length)).status, 413);
  assert.equal((await post(here, 'studies.list', ['{}', part])).status, 200);
});
