import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { isCurrentBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/compile-binding.ts';
import { ensureBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-binding.ts';
import { verifyBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/verify.ts';
import {
  bindingOf,
  type EngineInstallation,
  selectedEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';

const installed = selectedEngine(kindlingHome());
const compiler = process.env['CXX'];
let folder: string;
let engine: EngineInstallation;
let binding: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindling-binding-'));
  // an engine of the same library whose binding is of another version of Kindling
  binding = join(folder, 'tfjs_binding.node');
  engine = { ...installed, name: 'custom', source: installed.folder, folder, binding };
  copyFileSync(bindingOf(installed), binding);
  writeFileSync(`${binding}.sources`, 'others');
});
afterEach(() => {
  if (compiler === undefined) delete process.env['CXX'];
  else process.env['CXX'] = compiler;
  rmSync(folder, { recursive: true });
});

function useCompiler(script: string): void {
  const file = join(folder, 'c++');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  process.env['CXX'] = file;
}

test('a binding of other sources is compiled anew, once', async () => {
  useCompiler('exec c++ "$@" -O0');
  await ensureBinding(engine, {});
  assert.ok(isCurrentBinding(binding));
  assert.ok((await verifyBinding(binding, engine.libraryPath, engine.kind, {})).version);
  assert.deepEqual(readdirSync(folder).toSorted(), ['c++', 'tfjs_binding.node', 'tfjs_binding.node.sources']);
  useCompiler('exit 1');
  await ensureBinding(engine, {});
  assert.ok(isCurrentBinding(binding));
});

test('one that cannot be compiled leaves the old one, which serves', async () => {
  const before = readFileSync(binding);
  useCompiler('case "$1" in --version) exit 0; esac; exit 1');
  await ensureBinding(engine, {});
  assert.deepEqual(readFileSync(binding), before);
  assert.ok(!isCurrentBinding(binding));
  assert.deepEqual(readdirSync(folder).toSorted(), ['c++', 'tfjs_binding.node', 'tfjs_binding.node.sources']);
});
