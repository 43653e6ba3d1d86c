import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findCompiler } from '../../../../src-main/engine/engines/tensorflow/provisioning/compile-binding.ts';

test('a reference to JavaScript is deleted on its own thread, whichever lets go of it', async () => {
  const headers = dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json'));
  const folder = mkdtempSync(join(tmpdir(), 'kindling-references-'));
  try {
    const program = join(folder, 'references');
    const source = join(import.meta.dirname, '../../../native/napi-auto-ref.cpp');
    const flags = ['-std=c++17', '-pthread', '-Wall', '-Wextra', '-Werror', `-I${join(headers, 'include')}`];
    const compiled = spawnSync(await findCompiler(), [...flags, source, '-o', program], { encoding: 'utf8' });
    assert.equal(compiled.stderr, '');
    const ran = spawnSync(program, { encoding: 'utf8' });
    assert.equal(ran.stdout, '');
    assert.equal(ran.status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
