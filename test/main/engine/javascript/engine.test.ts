import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { engineKindNamed, engineSourceNamed } from '../../../../src-main/engine/engines/registry.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../../src-main/engine/open-engine.ts';
import { engineSuite } from '../engine-suite.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-javascript-'));
after(() => rmSync(home, { recursive: true }));

const installed = await engineSourceNamed('javascript').install(home, null, {});

test('it is installed, chosen and tried like every engine', async () => {
  assert.deepEqual(selectedEngine(home), { ...installed, tensorFloat32: 'library' });
  const { version, devices } = await engineKindNamed(installed.engine).check(installed, {});
  assert.equal(version, installed.version);
  assert.deepEqual(devices, installed.devices);
});

engineSuite(await openEngine(installed));
