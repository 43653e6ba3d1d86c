import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  keepLastResumeCheckpoints,
  resumeSteps,
  writeResumeCheckpoint,
} from '../../../src-main/checkpoints/resume-checkpoints.ts';

test('there is always one whose points are recorded, and one before it; what a trainer is writing stays', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-resume-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'best.safetensors'), 'the best so far');
  const best = { kind: 'best', file: 'best.safetensors', bytes: 15, sha256: '' };
  const tensors = [{ name: 'w', shape: [2], values: new Float32Array([1, 2]) }];
  for (const step of [10, 20, 30, 40, 50])
    await writeResumeCheckpoint(folder, { step, tensors, facts: {} }, [best]);
  assert.deepEqual(resumeSteps(folder), [50, 40, 30, 20, 10]);
  // the second name comes before the checkpoint that speaks of it
  writeFileSync(join(folder, 'resume-60.best.safetensors'), 'the best so far');

  await keepLastResumeCheckpoints(folder, 25);
  assert.deepEqual(resumeSteps(folder), [50, 40, 30, 20, 10], 'of those that are recorded there are two');
  await keepLastResumeCheckpoints(folder, 30);
  assert.deepEqual(resumeSteps(folder), [50, 40, 30, 20]);
  await keepLastResumeCheckpoints(folder, 50);
  const left = [40, 50].flatMap((step) => [`resume-${step}.best.safetensors`, `resume-${step}.safetensors`]);
  assert.deepEqual(readdirSync(folder).sort(), ['best.safetensors', ...left, 'resume-60.best.safetensors']);
});
