import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account } from '../../../scripts/bench/study/account.ts';
import { runMetricsOf } from '../../../src-shared/metrics/measured-values.ts';
import { TIMES } from '../../fixtures/sample-times.ts';

test('every second of two trainers is in one part', () => {
  // of 12.5 s, half a second less than the scheduler saw
  const metrics = runMetricsOf((name) => TIMES[name as keyof typeof TIMES]);
  const run = (claimed: number) => ({ claimed, ended: claimed + 13, metrics });
  const accounted = account({
    ...{ seconds: 30, jobs: 2, threads: 1, startUps: [1, 1.5] },
    runs: [run(1), run(2), run(15)],
  });
  const parts = Object.fromEntries(accounted.parts.map(({ name, seconds }) => [name, seconds]));
  const near = (name: string, seconds: number) =>
    assert.ok(Math.abs((parts[name] ?? NaN) - seconds) < 1e-9, `${name}: ${parts[name]}`);
  near('start-up of trainers', 2.5);
  near('time in steps', 30);
  near('messages and metrics to the store', 1.5);
  // one ended at 15 s, the other at 28
  near('nothing left to train', 17);
  near('planning, waiting between runs', 60 - 2.5 - 39 - 17);
  assert.equal(accounted.seconds, 60);
  const sum = accounted.parts.reduce((all, { seconds }) => all + seconds, 0);
  assert.ok(Math.abs(sum - 60) < 1e-9, `${sum}`);
  assert.ok(Math.abs(accounted.besideShare - (1 - (30 + 2.4) / 60)) < 1e-9);
  assert.equal(accounted.preparationSeconds, 4.5);
});
