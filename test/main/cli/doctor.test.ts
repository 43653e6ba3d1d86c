import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { checkDisk } from '../../../src-main/doctor/check-devices.ts';
import { firstSource, installing } from '../../../src-main/engine/installations/install-advice.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { kindling } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-doctor-'));
after(() => rmSync(home, { recursive: true }));

function examine(
  environment: Record<string, string>,
  ...parameters: string[]
): { status: number | null; readonly find: (name: string) => Check } {
  const { status, stdout, stderr } = kindling(['doctor', '--json', ...parameters], environment);
  assert.equal(stderr, '');
  const checks = JSON.parse(stdout) as Check[];
  return {
    status,
    find: (name) => checks.find((each) => each.name === name) ?? assert.fail(`no check ${name}`),
  };
}

test('with an engine everything that runs need is there, and the engine has computed', () => {
  const { status, find } = examine({});
  assert.equal(find('Node').state, 'ok');
  assert.match(find('Engine').message, /TensorFlow 2\.\d+\.\d+: computed a test convolution/);
  if (selectedEngine(kindlingHome()).kind === 'cpu') {
    assert.match(find('Kernels').message, /^ours, for \w+/);
    assert.match(find('Images').message, /a call takes/);
    // no test waits for measurements (scripts/tasks.ts)
    assert.match(find('Tuning').message, /KINDLING_TUNING is off|not measured|times as fast/);
  }
  assert.equal(status, find('Store').state === 'missing' ? 1 : 0);
});

test('in an empty home the engine is missing, with what to type, and the status says so', () => {
  const { status, find } = examine({ KINDLING_HOME: home });
  assert.equal(status, 1);
  assert.equal(find('Engine').state, 'missing');
  assert.equal(find('Engine').remedy, installing(firstSource()).command);
  assert.equal(find('Store').state, 'warning');
});

test(
  'a home into which nothing can be written is named',
  { skip: process.platform !== 'linux' && 'tried on Linux only' },
  () => {
    // not even by root
    const { state, message } = checkDisk('/proc/sys');
    assert.equal(state, 'warning');
    assert.match(message, /^nothing can be written into \/proc\/sys: .*nothing can be trained/);
  },
);

test('a store that is no database is named', () => {
  const file = join(home, 'store.sqlite');
  writeFileSync(file, 'no database at all, but long enough to be taken for one'.repeat(40));
  const { status, find } = examine({}, '--store', file);
  assert.equal(find('Store').state, 'missing');
  assert.ok(find('Store').message.includes(file));
  assert.equal(status, 1);
});
