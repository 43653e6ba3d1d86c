import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { pilotOfTable } from '../../../src-shared/charts/cells/pilot-table.ts';

test('how much runs vary is told in percentage points, of paired differences and within cells', () => {
  const cell = (id: string, values: readonly number[]): object => ({
    id,
    measured: values.map((value, seed) => ({ seed, value })),
  });
  const cells = [cell('a', [0.5, 0.52, 0.57]), cell('b', [0.6, 0.61, 0.64])] as unknown as CellTable['cells'];
  const { paired, within } = pilotOfTable({ cells }, 100);
  // the differences are 10, 9 and 7 points; the variances 13 and 4.33
  assert.ok(Math.abs((paired?.deviation ?? 0) - Math.sqrt(7 / 3)) < 1e-9);
  assert.ok(Math.abs((within?.deviation ?? 0) - Math.sqrt((13 + 13 / 3) / 2)) < 1e-9);
  assert.equal(paired?.degreesOfFreedom, 2);
});
