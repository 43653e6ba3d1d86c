import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importAccount, requireRight } from '../../../src-main/run-files/describe-import.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { planned } from '../../shared/imports/foreign-table.ts';

test('of many mistakes the first are told and kept, and how many more there are', () => {
  const rows = Array.from({ length: 1200 }, (_, row) => `${row % 2},${row},none`).join('\n');
  const plan = planned(`width,seed,test_acc\n${rows}\n`, {
    factors: ['width'],
    metrics: { test_acc: 'testAccuracy' },
  });
  assert.throws(
    () => requireRight(importAccount(plan)),
    (error) => {
      assert(error instanceof Problem);
      const lines = error.message.split('\n');
      assert.deepEqual([lines.length, lines.at(-1)], [22, '… and 1,180 more.']);
      assert.deepEqual([error.mistakes.length, error.mistakes.at(-1)?.message], [51, '… and 1,150 more.']);
      return true;
    },
  );
});
