import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isCurrentBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/compile-binding.ts';
import { ensureBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-binding.ts';
import { libraryOf } from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-kernels.ts';
import { verifyBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/verify.ts';
import {
  bindingOf,
  type EngineInstallation,
  selectedEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { QUICK, useCompiler } from './compiler.ts';

const installed = selectedEngine(kindlingHome());
let folder: string;
let engine: EngineInstallation;
let binding: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindling-binding-'));
  // an engine with the library in its folder, as most are, whose binding is of another version of Kindling
  const { libraryFolder } = libraryOf(installed);
  symlinkSync(libraryFolder, join(folder, 'tensorflow'));
  binding = join(folder, 'tfjs_binding.node');
  engine = { ...installed, name: 'tensorflow-cpu', folder, binding };
  copyFileSync(bindingOf(installed), binding);
  writeFileSync(`${binding}.sources`, 'others');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a library that is gone is told with what to do, and nothing is noted', async () => {
  rmSync(join(folder, 'tensorflow'));
  const before = written();
  await assert.rejects(ensureBinding(engine, {}), {
    code: 'engine-invalid',
    message: /^The TensorFlow library of the engine tensorflow-cpu is gone: .*kindling engine install cpu/s,
  });
  assert.deepEqual(written(), before);
});

function written(): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('tfjs_binding'))
    .toSorted();
}

test('a binding of other sources is compiled anew, once', async () => {
  useCompiler(folder, QUICK);
  await ensureBinding(engine, {});
  assert.ok(isCurrentBinding(binding));
  assert.ok((await verifyBinding(binding, engine.libraryPath, engine.kind, {})).version);
  assert.deepEqual(written(), ['tfjs_binding.node', 'tfjs_binding.node.sources']);
  useCompiler(folder, 'exit 1');
  await ensureBinding(engine, {});
  assert.ok(isCurrentBinding(binding));
});

test('one that cannot be compiled leaves the old one, which serves, and is not tried again', async () => {
  const before = readFileSync(binding);
  const tries = join(folder, 'tries');
  useCompiler(folder, `case "$1" in --version) exit 0; esac; echo >> ${tries}; exit 1`);
  await ensureBinding(engine, {});
  await ensureBinding(engine, {});
  assert.equal(readFileSync(tries, 'utf8'), '\n');
  assert.deepEqual(readFileSync(binding), before);
  assert.ok(!isCurrentBinding(binding));
  assert.deepEqual(written(), [
    'tfjs_binding.node',
    'tfjs_binding.node.sources',
    'tfjs_binding.node.sources.failed',
  ]);
});
