import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/index.ts';
import { loadedModules } from '../loaded-modules.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { kindling } from './command-line.ts';
import { fillStore } from './filled-store.ts';

test('the methods are named with what they measure', () => {
  const { status, stdout } = kindling(['analyze', '--list', '--json']);
  assert.equal(status, 0);
  const listed = JSON.parse(stdout) as { name: string; about: string }[];
  assert.deepEqual(
    listed.map(({ name }) => name),
    METHODS.map(({ name }) => name),
  );
  assert.equal(new Set(listed.map(({ name }) => name)).size, listed.length);
  assert.ok(listed.every(({ about }) => about.endsWith('.')));
});

test('the methods are named without loading what computes them', (context) => {
  const modules = loadedModules(context, (nodeOptions) => {
    assert.equal(kindling(['analyze', '--list', '--json'], {}, nodeOptions).status, 0);
  });
  assert.match(modules, /methods\/probe\.ts/);
  assert.doesNotMatch(modules, /tensorflow|better-sqlite3|echarts|sharp|ml-matrix|umap|\/computations\//);
});

test('runs must be named, and a checkpoint that is gone is told', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const nothing = kindling(['--store', file, 'analyze']);
  assert.equal(nothing.status, 2);
  assert.match(nothing.stderr, /which runs\?/);
  const gone = kindling(['--store', file, 'analyze', '--study', 'two-by-two', '--methods', 'probe']);
  assert.equal(gone.status, 1);
  assert.match(gone.stderr, /The checkpoint .*last\.safetensors cannot be read/);
});
