import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_SETTINGS, settingsFile } from '../../../src-main/api/settings-file.ts';
import { scriptedApplication } from './scripted-application.ts';

test('settings are kept in the home, each change by itself', async (context) => {
  const { application, home } = scriptedApplication(context);
  assert.deepEqual(await application.request('settings.get', {}), DEFAULT_SETTINGS);
  await application.request('settings.set', { jobs: 3 });
  assert.deepEqual(await application.request('settings.set', { theme: 'dark' }), {
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    jobs: 3,
  });
  assert.deepEqual(JSON.parse(readFileSync(settingsFile(home), 'utf8')), {
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    jobs: 3,
  });
  assert.deepEqual(await application.request('settings.set', { jobs: null }), {
    ...DEFAULT_SETTINGS,
    theme: 'dark',
  });
  await assert.rejects(application.request('settings.set', { jobs: 0 }), { code: 'usage' });
});

test('of a damaged file the defaults are used, it is named, and kept when it is written anew', async (context) => {
  const log = context.mock.method(console, 'error', () => undefined);
  const { application, home } = scriptedApplication(context);
  const file = settingsFile(home);
  const cases: readonly [text: string, settings: unknown, said: RegExp][] = [
    ['{"theme": "dark", "jobs": -1}', { ...DEFAULT_SETTINGS, theme: 'dark' }, /jobs not understood/],
    ['{"theme": "dark", "later": 1}', { ...DEFAULT_SETTINGS, theme: 'dark' }, /^$/],
    ['[]', DEFAULT_SETTINGS, /damaged: it does not contain an object/],
    ['{"theme": "da', DEFAULT_SETTINGS, /damaged: /],
  ];
  for (const [text, settings, said] of cases) {
    writeFileSync(file, text);
    log.mock.resetCalls();
    assert.deepEqual(await application.request('settings.get', {}), settings);
    const line = String(log.mock.calls[0]?.arguments[0] ?? '');
    assert.match(line, said);
    assert.ok(line === '' || line.includes(file));
  }
  await application.request('settings.set', { jobs: 2 });
  assert.equal(readFileSync(`${file}.damaged`, 'utf8'), '{"theme": "da');
  assert.deepEqual(await application.request('settings.get', {}), { ...DEFAULT_SETTINGS, jobs: 2 });
});
