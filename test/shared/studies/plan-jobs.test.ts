import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanStepMacs, type MeasuredTrainers } from '../../../src-shared/studies/measured-trainers.ts';
import { planJobs, type JobRequest } from '../../../src-shared/studies/plan-jobs.ts';

const REQUEST: JobRequest = { cores: 2, device: 'cpu', cards: 0, runs: 27, stepMacs: 1e8, measured: [] };

/** Of two trainers, with the same gain in all comparisons. */
function measured(stepMacs: number, median: number, high = median): MeasuredTrainers {
  return { network: `net ${stepMacs}`, batch: 32, stepMacs, jobs: 2, gain: { median, low: median, high } };
}

const CASES: readonly (readonly [
  name: string,
  request: Partial<JobRequest>,
  jobs: number,
  threads: number,
])[] = [
  ['two cores: two trainers of one thread', { cores: 2, device: 'cpu', runs: 27 }, 2, 1],
  ['eight cores: four trainers of two', { cores: 8, device: 'cpu', runs: 27 }, 4, 2],
  ['a single run gets all cores', { cores: 2, device: 'cpu', runs: 1 }, 1, 2],
  ['a GPU has one trainer', { cores: 16, device: 'gpu', runs: 27 }, 1, 16],
  ['so has each of four', { cores: 16, device: 'gpu', cards: 4, runs: 27 }, 4, 4],
  ['but not more than there are runs', { cores: 16, device: 'gpu', cards: 4, runs: 3 }, 3, 5],
  ['--jobs has them share the cards', { cores: 16, device: 'gpu', cards: 2, runs: 27, jobs: 8 }, 8, 2],
  ['--jobs is followed', { cores: 2, device: 'cpu', runs: 27, jobs: 1 }, 1, 2],
  [
    '--jobs beyond the cores is followed, with one thread each',
    { cores: 2, device: 'cpu', runs: 27, jobs: 3 },
    3,
    1,
  ],
  ['one of all threads, where that was faster on the machine', { measured: [measured(1e8, 0.9)] }, 1, 2],
  ['two where it is not certain', { measured: [measured(1e8, 0.9, 1.1)] }, 2, 1],
  [
    'the network of nearest work counts, one way',
    { measured: [measured(1e7, 0.8), measured(3e8, 1.3)] },
    2,
    1,
  ],
  ['and the other', { stepMacs: 2e7, measured: [measured(1e7, 0.8), measured(3e8, 1.3)] }, 1, 2],
  ['--jobs is followed against it', { jobs: 2, measured: [measured(1e8, 0.5)] }, 2, 1],
  [
    'what was measured of another number of trainers says nothing',
    { cores: 4, measured: [measured(1e8, 0.5)] },
    4,
    1,
  ],
  ['--jobs beyond the runs is not', { cores: 8, device: 'cpu', runs: 2, jobs: 8 }, 2, 4],
];

for (const [name, request, jobs, threads] of CASES) {
  test(name, () => {
    const plan = planJobs({ ...REQUEST, ...request });
    assert.deepEqual([plan.jobs, plan.threads], [jobs, threads]);
    assert.match(plan.reason, new RegExp(`^${jobs} trainers? of ${threads} threads?`));
  });
}

test('--jobs 0 is refused', () => {
  assert.throws(() => planJobs({ ...REQUEST, jobs: 0 }), { code: 'usage' });
});

test('the reason names what was measured', () => {
  assert.equal(
    planJobs({ ...REQUEST, measured: [measured(1e8, 1.5)] }).reason,
    '2 trainers of 1 thread on 2 cores: 2 of 1 thread together had 1.50 times the images/s of one of 2 threads here, with net 100000000 at batch 32',
  );
  assert.match(
    planJobs(REQUEST).reason,
    /: several with few threads are faster than one with many, as a rule$/,
  );
  assert.match(planJobs({ ...REQUEST, jobs: 1 }).reason, /^1 trainer of 2 threads on 2 cores: as requested$/);
});

test('the work of a step is the mean over the runs', () => {
  const cells = [
    { macs: 1e6, recipe: { batch: 32 }, runs: 3 },
    { macs: 4e6, recipe: { batch: 64 }, runs: 1 },
  ];
  assert.equal(meanStepMacs(cells), (3 * 32e6 + 256e6) / 4);
  assert.equal(meanStepMacs([]), 0);
});
