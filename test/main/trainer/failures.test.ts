import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf } from '../../../src-main/trainer/failures.ts';

test('memory that ran out is told from words that look like it', () => {
  const outOfMemory = [
    'Session fail to run with error: OOM when allocating tensor with shape[512,64,32,32]',
    'RESOURCE_EXHAUSTED: Out of memory while trying to allocate 2147483648 bytes',
    'std::bad_alloc',
    'Array buffer allocation failed',
  ];
  for (const message of outOfMemory)
    assert.equal(failureOf(new Error(message)).code, 'out-of-memory', message);
  const other = "ENOENT: no such file or directory, open '/home/classroom/data/training.bin'";
  assert.equal(failureOf(new Error(other)).code, 'internal');
});
