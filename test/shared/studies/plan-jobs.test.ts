import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planJobs, type JobRequest } from '../../../src-shared/studies/plan-jobs.ts';

const CASES: readonly (readonly [name: string, request: JobRequest, jobs: number, threads: number])[] = [
  ['two cores: two trainers of one thread', { cores: 2, device: 'cpu', runs: 27 }, 2, 1],
  ['eight cores: four trainers of two', { cores: 8, device: 'cpu', runs: 27 }, 4, 2],
  ['a single run gets all cores', { cores: 2, device: 'cpu', runs: 1 }, 1, 2],
  ['a GPU has one trainer', { cores: 16, device: 'gpu', runs: 27 }, 1, 16],
  ['--jobs is followed', { cores: 2, device: 'cpu', runs: 27, jobs: 1 }, 1, 2],
  [
    '--jobs beyond the cores is followed, with one thread each',
    { cores: 2, device: 'cpu', runs: 27, jobs: 3 },
    3,
    1,
  ],
  ['--jobs beyond the runs is not', { cores: 8, device: 'cpu', runs: 2, jobs: 8 }, 2, 4],
];

for (const [name, request, jobs, threads] of CASES) {
  test(name, () => {
    const plan = planJobs(request);
    assert.deepEqual([plan.jobs, plan.threads], [jobs, threads]);
    assert.match(plan.reason, new RegExp(`^${jobs} trainers? of ${threads} threads?`));
  });
}

test('--jobs 0 is refused', () => {
  assert.throws(() => planJobs({ cores: 2, device: 'cpu', runs: 3, jobs: 0 }), { code: 'usage' });
});
