import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { checkInstallation } from '../../../../src-main/engine/engines/tensorflow/check-installation.ts';
import {
  ensureKernels,
  missingKernels,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-kernels.ts';
import { kernelsFile } from '../../../../src-main/engine/engines/tensorflow/provisioning/kernel-sources.ts';
import {
  bindingOf,
  type EngineInstallation,
  selectedEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import { verifyBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/verify.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { QUICK, useCompiler } from './compiler.ts';

const installed = selectedEngine(kindlingHome());
let folder: string;
let engine: EngineInstallation;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindling-kernels-'));
  // an engine of the same library that has no kernels yet
  engine = { ...installed, name: 'custom', source: installed.folder, folder };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const skip = installed.kind === 'gpu';

test(
  'a compiler that does not know an instruction set yields the kernels of the others',
  { skip },
  async () => {
    useCompiler(folder, QUICK);
    await ensureKernels(engine, {});
    assert.equal(missingKernels(engine), null);
    const kernels = kernelsFile(engine);
    const { instructionSets } = await verifyBinding(bindingOf(engine), engine.libraryPath, 'cpu', {
      kernels,
    });
    assert.deepEqual(instructionSets, ['portable']);
    assert.deepEqual(readdirSync(folder).toSorted(), ['c++', basename(kernels)]);
  },
);

test('what the compiler refuses is said, fails nothing, and is not tried again', { skip }, async () => {
  useCompiler(folder, 'case "$1" in --version) exit 0; esac; echo "error: too old" >&2; exit 1');
  await ensureKernels(engine, {});
  assert.match(missingKernels(engine) ?? '', /could not compile the kernels:\n.*too old/);
  useCompiler(folder, 'touch "$0.called"; exit 1');
  await ensureKernels(engine, {});
  assert.ok(!existsSync(join(folder, 'c++.called')));
});

test('without kernels that load, an engine computes all the same, and says so', { skip }, async () => {
  writeFileSync(kernelsFile(engine), 'no library');
  const { version, checks } = await checkInstallation(engine, {});
  assert.equal(version, installed.version);
  const kernels = checks.find(({ name }) => name === 'Kernels');
  assert.equal(kernels?.state, 'warning');
  assert.match(kernels?.message ?? '', /^none of ours, .*: The engine does not work/);
});

test('kernels that do not compute are not used', { skip }, async () => {
  useCompiler(
    folder,
    'case "$1" in --version) exit 0; esac; for last; do :; done; while [ "$1" != -o ]; do shift; done; : > "$2"',
  );
  await ensureKernels(engine, {});
  assert.match(missingKernels(engine) ?? '', /does not work/);
  assert.ok(!existsSync(kernelsFile(engine)));
});
