import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EXECUTORS, executorNamed, USUAL_EXECUTOR } from '../../../src-main/executors/registry.ts';
import { slurm } from '../../../src-main/executors/slurm/index.ts';
import { enginesFolder, kindlingHome } from '../../../src-main/home.ts';
import { executorSuite } from './executor-suite.ts';

// what waits in a spool of the person who runs the tests is not touched
const home = mkdtempSync(join(tmpdir(), 'kindling-executors-'));
symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
after(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));

// Slurm's has a cluster of its own: slurm/slurm-executor.test.ts
for (const { name, open } of EXECUTORS.filter((each) => each !== slurm)) {
  executorSuite(name, () => open({ home, study: { name: 'suite', store: 'none' } }));
}

test('an executor is found by its name, and the usual one by none; another name is a problem with all names', () => {
  assert.equal(executorNamed(null), USUAL_EXECUTOR);
  for (const executor of EXECUTORS) assert.equal(executorNamed(executor.name), executor);
  assert.throws(() => executorNamed('the moon'), /no executor "the moon"; there are .*local-processes/);
});
