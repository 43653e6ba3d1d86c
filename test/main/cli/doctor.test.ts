import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { kindling } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-doctor-'));
after(() => rmSync(home, { recursive: true }));

interface Finding {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly fix: string | null;
}

function examine(
  environment: Record<string, string>,
  ...parameters: string[]
): { status: number | null; readonly find: (name: string) => Finding } {
  const { status, stdout, stderr } = kindling(['doctor', '--json', ...parameters], environment);
  assert.equal(stderr, '');
  const findings = JSON.parse(stdout) as Finding[];
  return {
    status,
    find: (name) => findings.find((each) => each.name === name) ?? assert.fail(`no finding ${name}`),
  };
}

test('with an engine everything that runs need is there, and the engine has computed', () => {
  const { status, find } = examine({});
  assert.equal(find('Node').state, 'ok');
  assert.match(find('Engine').detail, /TensorFlow 2\.\d+\.\d+: a convolution/);
  assert.equal(status, find('Store').state === 'missing' ? 1 : 0);
});

test('in an empty home the engine is missing, with what to type, and the status says so', () => {
  const { status, find } = examine({ KINDLING_HOME: home });
  assert.equal(status, 1);
  assert.equal(find('Engine').state, 'missing');
  assert.equal(find('Engine').fix, 'kindling engine install cpu');
  assert.equal(find('Store').state, 'absent');
});

test('a store that is no database is named', () => {
  const file = join(home, 'store.sqlite');
  writeFileSync(file, 'no database at all, but long enough to be taken for one'.repeat(40));
  const { status, find } = examine({}, '--store', file);
  assert.equal(find('Store').state, 'missing');
  assert.ok(find('Store').detail.includes(file));
  assert.equal(status, 1);
});
