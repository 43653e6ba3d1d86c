import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

const SCRIPTS = join(import.meta.dirname, '../../scripts');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kindling-bootstrap-'));
  mkdirSync(join(root, 'scripts'));
  cpSync(join(SCRIPTS, 'bootstrap.mjs'), join(root, 'scripts', 'bootstrap.mjs'));
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'clone', version: '1.0.0', type: 'module' }),
  );
  writeLockfile('clone');
});
afterEach(() => rmSync(root, { recursive: true }));

function writeLockfile(name: string): void {
  const lockfile = {
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'clone', version: '1.0.0' } },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lockfile));
}

function setUp(path = process.env['PATH']): { status: number | null; stdout: string; stderr: string } {
  const script = `import { ensureSetup } from ${JSON.stringify(join(root, 'scripts', 'bootstrap.mjs'))};
    try { console.log(ensureSetup()); } catch (error) { console.log(error.message); process.exitCode = 1; }`;
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, PATH: path },
    encoding: 'utf8',
  });
}

test('a clean clone gets its packages once; a second start does not need npm', () => {
  const first = setUp();
  assert.equal(first.status, 0, first.stdout + first.stderr);
  assert.match(first.stderr, /Installing the packages/);
  assert.equal(first.stdout.trim(), process.execPath);
  const second = setUp('/nowhere');
  assert.equal(second.status, 0, second.stdout);
  assert.equal(second.stderr, '');
});

test('a changed lockfile whose packages are all there is accepted as it is', () => {
  setUp();
  const stamp = join(root, 'node_modules', '.kindling-setup');
  utimesSync(stamp, 0, 0);
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: {} }));
  writeLockfile('renamed');
  assert.equal(setUp('/nowhere').status, 0);
  assert.notEqual(statSync(stamp).mtimeMs, 0);
});

test('without npm the message says so', () => {
  const { status, stdout } = setUp('/nowhere');
  assert.equal(status, 1);
  assert.match(stdout, /npm could not be started/);
});
