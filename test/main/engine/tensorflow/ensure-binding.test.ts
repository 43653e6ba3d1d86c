import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  bindingFile,
  bindingName,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/binding-file.ts';
import { ensureBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-binding.ts';
import { libraryOf } from '../../../../src-main/engine/engines/tensorflow/provisioning/engine-library.ts';
import { verifyBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/verify.ts';
import {
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
  copyFileSync(bindingFile(installed), binding);
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
    .filter((name) => name.includes('binding'))
    .toSorted();
}

test('this version has its own binding beside that of another, compiled once', async () => {
  useCompiler(folder, QUICK);
  await ensureBinding(engine, {});
  assert.deepEqual(written(), [bindingName(), 'tfjs_binding.node']);
  assert.equal(bindingFile(engine), join(folder, bindingName()));
  assert.ok((await verifyBinding(bindingFile(engine), engine.libraryPath, engine.kind, {})).version);
  useCompiler(folder, 'touch "$0.called"; exit 1');
  await ensureBinding(engine, {});
  assert.ok(!existsSync(join(folder, 'c++.called')));
});

test('where it cannot be compiled that of the other serves, and it is not tried again', async () => {
  const tries = join(folder, 'tries');
  useCompiler(folder, `case "$1" in --version) exit 0; esac; echo >> ${tries}; exit 1`);
  await ensureBinding(engine, {});
  await ensureBinding(engine, {});
  assert.equal(readFileSync(tries, 'utf8'), '\n');
  assert.equal(bindingFile(engine), binding);
  assert.deepEqual(written(), [`${bindingName()}.failed`, 'tfjs_binding.node']);
});
