import assert from 'node:assert/strict';
import type { OutgoingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { ask, type Question, UPGRADE } from './ask.ts';
import { served } from './served.ts';

type Target = Omit<Question, 'port'>;

const TARGETS: Readonly<Record<string, Target & { readonly welcome: number }>> = {
  'the page': { path: '/', welcome: 200 },
  'an asset': { path: '/assets/index-3f2a.js', welcome: 200 },
  'the API': {
    ...{ path: '/api/studies.list', method: 'POST', welcome: 200 },
    ...{ headers: { 'Content-Type': 'application/json' }, body: ['{}'] },
  },
  'the socket': { path: '/events', headers: UPGRADE, welcome: 101 },
};

/** What is wrong with a request that is right but for these headers. */
const FOREIGN: Readonly<Record<string, OutgoingHttpHeaders>> = {
  'a Host that is another name': { Host: 'kindling.example.org' },
  'a Host that begins like a loopback name': { Host: '127.0.0.1.example.org' },
  'a Host that is the network of this machine': { Host: '192.168.1.2:8017' },
  'an Origin of another site': { Origin: 'https://example.org' },
  'an Origin of another port of this machine': { Origin: 'http://127.0.0.1:1' },
  'an Origin that is hidden': { Origin: 'null' },
  'fetch metadata of another site': { 'Sec-Fetch-Site': 'cross-site' },
  'fetch metadata of another port': { 'Sec-Fetch-Site': 'same-site' },
};

for (const [name, { welcome, ...target }] of Object.entries(TARGETS)) {
  test(`${name} is for those who have the token or its cookie`, async (context) => {
    const { server, bearer } = await served(context);
    const get = (headers: OutgoingHttpHeaders): ReturnType<typeof ask> =>
      ask({ port: server.port, ...target, headers: { ...target.headers, ...headers } });
    const bare = await get({});
    assert.equal(bare.status, 401);
    assert.match(name === 'the socket' ? 'token' : bare.text, /token/);
    const wrong = server.token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    assert.equal((await get({ Authorization: `Bearer ${wrong}` })).status, 401);
    assert.equal((await get({ Cookie: `kindling-${server.port}=${server.token}` })).status, 401);
    assert.equal((await get(bearer)).status, welcome);
    const { headers } = await ask({ port: server.port, path: `/?token=${server.token}` });
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    assert.equal((await get({ Cookie: `other=1; ${cookie}` })).status, welcome);
  });

  test(`${name} is not for other sites, not even with the token`, async (context) => {
    const { server, bearer } = await served(context);
    for (const [what, headers] of Object.entries(FOREIGN)) {
      const { status } = await ask({
        ...{ port: server.port, ...target },
        headers: { ...target.headers, ...bearer, ...headers },
      });
      assert.equal(status, 403, what);
    }
  });

  test(`${name} answers its own page, through a tunnel too`, async (context) => {
    const { server, bearer } = await served(context);
    for (const host of [`127.0.0.1:${server.port}`, 'localhost:9000', '[::1]:9000', 'localhost']) {
      for (const scheme of ['http', 'https']) {
        const own = { Host: host, Origin: `${scheme}://${host}`, 'Sec-Fetch-Site': 'same-origin' };
        const { status } = await ask({
          ...{ port: server.port, ...target },
          headers: { ...target.headers, ...bearer, ...own },
        });
        assert.equal(status, welcome, host);
      }
    }
  });
}

test('the token gives a cookie that scripts and other sites do not get, and leaves the address', async (context) => {
  const { server } = await served(context);
  assert.equal(server.url, `http://127.0.0.1:${server.port}/?token=${server.token}`);
  assert.equal(Buffer.from(server.token, 'base64url').length, 32);
  const { status, headers } = await ask({ port: server.port, path: `/?token=${server.token}` });
  assert.equal(status, 303);
  assert.equal(headers.location, '/');
  const [cookie = ''] = headers['set-cookie'] ?? [];
  assert.match(cookie, /^kindling-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  assert.ok(!cookie.includes(server.token));
  const foreign = { 'Sec-Fetch-Site': 'cross-site' };
  const linked = await ask({ port: server.port, path: `/?token=${server.token}`, headers: foreign });
  assert.equal(linked.status, 403);
  assert.equal(linked.headers['set-cookie'], undefined);
});

test('neither token nor cookie of another start is of use', async (context) => {
  const { server: former } = await served(context);
  const { server } = await served(context);
  const { headers } = await ask({ port: former.port, path: `/?token=${former.token}` });
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  for (const question of [{ path: `/?token=${former.token}` }, { path: '/', headers: { Cookie: cookie } }]) {
    assert.equal((await ask({ port: server.port, ...question })).status, 401);
  }
});
