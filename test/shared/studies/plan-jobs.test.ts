import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanStepMacs, type MeasuredTrainers } from '../../../src-shared/studies/measured-trainers.ts';
import {
  countsToMeasure,
  fusingToMeasure,
  planJobs,
  type JobRequest,
} from '../../../src-shared/studies/plan-jobs.ts';

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

const GB = 1e9;
const TRAINER = {
  bytes: 5.1 * GB,
  isMeasured: false,
  estimatedBytes: 5.1 * GB,
  cardBytes: 3 * GB,
  furtherBytes: 2 * GB,
};
const HERE = { totalBytes: 64 * GB, freeBytes: 12 * GB, cards: [] };

test('there are as many trainers as find memory now, with the threads that they would have anyway', () => {
  const eight = { ...REQUEST, cores: 8, memory: { trainer: TRAINER, here: HERE } };
  const plan = planJobs(eight);
  assert.deepEqual([plan.jobs, plan.threads, plan.warning], [2, 2, undefined]);
  assert.match(
    plan.reason,
    /^2 trainers of 2 threads on 8 cores: .*; but 2 instead of 4, as each needs about 5\.1 GB \(as estimated\) of 12\.0 GB of memory that are free$/,
  );
  // what was measured counts for what is free, and not for the threads, which must be the same at each start
  const measured = { ...TRAINER, bytes: 2 * GB, isMeasured: true };
  const more = planJobs({ ...eight, memory: { trainer: measured, here: HERE } });
  assert.deepEqual([more.jobs, more.threads], [4, 2]);
  // a machine that is too small for more has its cores used by those that there can be
  const small = planJobs({ ...eight, memory: { trainer: TRAINER, here: { ...HERE, totalBytes: 13 * GB } } });
  assert.deepEqual([small.jobs, small.threads], [2, 4]);
  const busy = { ...HERE, totalBytes: 13 * GB, freeBytes: 1 * GB };
  const none = planJobs({ ...eight, memory: { trainer: TRAINER, here: busy } });
  assert.deepEqual([none.jobs, none.threads], [1, 4]);
  assert.match(none.warning ?? '', /may not be enough for 1 trainer: .* of 1\.0 GB .*not even one fits/);
  // a system that does not tell what is free
  const unknown = { totalBytes: 13 * GB, freeBytes: null, cards: [] };
  assert.match(
    planJobs({ ...eight, memory: { trainer: TRAINER, here: unknown } }).reason,
    /13\.0 GB of memory$/,
  );
});

test('trainers of several runs in one step are as many as find the memory of all their networks, and runs', () => {
  const fused = (fuse: number, runs: number) => {
    const plan = planJobs({ ...REQUEST, cores: 4, runs, fuse, memory: { trainer: TRAINER, here: HERE } });
    return [plan.jobs, plan.threads, plan.fused];
  };
  // of 12 GB, of which nine tenths are used, 5.1 and 2 for each further network
  assert.deepEqual(fused(1, 12), [2, 1, undefined]);
  assert.deepEqual(fused(3, 12), [1, 1, 3]);
  assert.deepEqual(fused(6, 2), [1, 4, 2]);
  assert.deepEqual(planJobs({ ...REQUEST, fuse: 3 }).beside, { growth: 1 });
  assert.match(planJobs({ ...REQUEST, fuse: 3 }).reason, /each trains up to 3 runs in one step$/);
});

test('runs are fused by themselves where a measurement of so many beside the best choice without says so', () => {
  const study: JobRequest = {
    ...{ ...REQUEST, cores: 16, device: 'gpu', cards: 1, card: 'A100', family: 'mobilenet' },
    ...{ runs: 18, alike: 9, fuse: 'auto' },
  };
  const alike = { ...measured(1e8, 1.8), network: 'mobilenet', family: 'mobilenet', card: 'A100' };
  // nine are parted evenly
  const fused = { ...alike, jobs: 1, networks: 5, over: 1 };
  assert.deepEqual(fusingToMeasure(study), {
    ...{ networks: 5, jobs: 1, threads: 16, over: 1, overThreads: 16 },
  });
  const chosen = (more: Partial<JobRequest>) => {
    const plan = planJobs({ ...study, measured: [fused], ...more });
    return [plan.jobs, plan.fused];
  };
  assert.deepEqual(chosen({}), [1, 5]);
  assert.equal(
    planJobs({ ...study, measured: [fused] }).reason,
    '1 trainer of 16 threads on 16 cores: one for each GPU; each trains up to 5 runs in one step, which had 1.80 times the images/s of 1 trainer without fusing, with mobilenet at batch 32 here',
  );
  assert.deepEqual(chosen({ fuse: 5, measured: [] }), [1, 5]);
  // five networks took 5 / 1.8 = 5 ^ 0.635 times as long as one
  const { growth = NaN, measured: gain } = planJobs({ ...study, measured: [fused] }).beside ?? {};
  assert.ok(Math.abs(5 ** growth - 5 / 1.8) < 1e-9);
  assert.deepEqual(gain, { gain: 1.8, trainers: 1, threads: 16 });
  assert.deepEqual(planJobs({ ...study, fuse: 5 }).beside, { growth: 0.5 });
  const slower = { ...fused, gain: { median: 1.3, low: 0.9, high: 1.5 } };
  assert.deepEqual(chosen({ measured: [slower] }), [1, undefined], 'in one comparison they were slower');
  assert.match(
    planJobs({ ...study, measured: [slower] }).reason,
    /; none are fused, as 5 runs in one step had 1\.30 times the images\/s of 1 trainer without fusing, with mobilenet/,
  );
  assert.match(planJobs(study).reason, /\); none are fused, as whether that is faster .* was not measured$/);
  // what fused runs did says nothing of trainers that do not fuse, and the other way round
  assert.deepEqual(chosen({ measured: [{ ...fused, over: 2 }] }), [1, undefined]);
  assert.deepEqual(chosen({ measured: [{ ...fused, networks: 4 }] }), [1, undefined]);
  assert.deepEqual(chosen({ measured: [fused, { ...alike, jobs: 3 }] }), [3, undefined]);
  assert.deepEqual(
    chosen({
      measured: [
        { ...fused, over: 3 },
        { ...alike, jobs: 3 },
      ],
    }),
    [1, 5],
  );
  assert.deepEqual(chosen({ jobs: 2 }), [2, undefined]);
  assert.deepEqual(chosen({ jobs: 2, measured: [{ ...fused, jobs: 2, over: 2 }] }), [2, 5]);
  // each card has runs
  assert.equal(fusingToMeasure({ ...study, cards: 2, runs: 9 })?.networks, 3);
  assert.equal(fusingToMeasure({ ...study, alike: 1 }), null);
  const memory = (free: number) => ({
    trainer: TRAINER,
    here: { ...HERE, freeBytes: 64 * GB, cards: [free] },
  });
  // of which nine tenths are used: 3 and 2 for each further network
  assert.equal(fusingToMeasure({ ...study, memory: memory(8 * GB) })?.networks, 3);
  assert.equal(fusingToMeasure({ ...study, memory: memory(5 * GB) }), null);
  assert.match(
    planJobs({ ...study, memory: memory(5 * GB) }).reason,
    /; none are fused, as no trainer would have two runs of one network and memory for both$/,
  );
});

test('on a processor fused runs have one trainer of all cores, against the several that there would be', () => {
  const study: JobRequest = { ...REQUEST, family: 'mobilenet', alike: 3, fuse: 'auto' };
  assert.deepEqual(fusingToMeasure(study), {
    ...{ networks: 3, jobs: 1, threads: 2, over: 2, overThreads: 1 },
  });
  const fused = { ...measured(1e8, 1.2), jobs: 1, networks: 3, over: 2, family: 'mobilenet' };
  const plan = planJobs({ ...study, measured: [fused] });
  assert.deepEqual([plan.jobs, plan.threads, plan.fused], [1, 2, 3]);
  assert.match(plan.reason, /^1 trainer of 2 threads on 2 cores: one with all cores; each trains up to 3 /);
  // beside two trainers, each of which has half of what they do together
  assert.equal(plan.beside?.measured?.gain, 2.4);
  const slower = { ...fused, gain: { median: 0.5, low: 0.4, high: 0.6 } };
  const several = planJobs({ ...study, measured: [slower] });
  assert.deepEqual([several.jobs, several.threads, several.fused], [2, 1, undefined]);
});

test('--jobs is followed against the memory, with a warning', () => {
  const plan = planJobs({ ...REQUEST, cores: 8, jobs: 8, memory: { trainer: TRAINER, here: HERE } });
  assert.deepEqual([plan.jobs, plan.threads], [8, 1]);
  assert.equal(
    plan.warning,
    'The memory may not be enough for 8 trainers: each needs about 5.1 GB (as estimated) of 12.0 GB of memory that are free, so that 2 would fit. Ask for fewer, or for none in particular.',
  );
  assert.equal(
    planJobs({ ...REQUEST, jobs: 2, memory: { trainer: TRAINER, here: HERE } }).warning,
    undefined,
  );
});

test('trainers have to fit onto their cards, of which each has its own memory', () => {
  const onCards = (free: readonly (number | null)[], jobs: number) =>
    planJobs({
      ...{ ...REQUEST, cores: 16, device: 'gpu', cards: free.length, jobs },
      memory: { trainer: { ...TRAINER, bytes: GB }, here: { ...HERE, cards: free } },
    });
  assert.equal(onCards([10 * GB, 10 * GB], 6).warning, undefined);
  assert.match(
    onCards([10 * GB, 4 * GB], 6).warning ?? '',
    /6 trainers: each needs about 3\.0 GB \(as estimated\) of 14\.0 GB of memory that are free on the cards together, so that 4 would fit/,
  );
  // where a driver does not tell, nothing is claimed of the cards
  assert.equal(onCards([10 * GB, null], 6).warning, undefined);
});

test('several share a card where a measurement of such a network on such a card says so', () => {
  const shared = (jobs: number, median: number, low = median): MeasuredTrainers => ({
    ...measured(1e8, median),
    ...{ network: 'mobilenet', family: 'mobilenet', card: 'A100', jobs, gain: { median, low, high: median } },
  });
  const known = [shared(2, 1.7), shared(3, 2.1), shared(4, 2.15)];
  const study = {
    ...REQUEST,
    cores: 16,
    device: 'gpu',
    cards: 2,
    card: 'A100',
    family: 'mobilenet',
  } as const;
  const plan = planJobs({ ...study, measured: known });
  // the fourth brings next to nothing
  assert.deepEqual([plan.jobs, plan.threads], [6, 2]);
  assert.equal(
    plan.reason,
    '6 trainers of 2 threads on 16 cores and 2 cards: 3 on each GPU together had 2.10 times the images/s of one with mobilenet at batch 32 here',
  );
  const jobs = (more: Partial<JobRequest>) => planJobs({ ...study, measured: known, ...more }).jobs;
  assert.equal(jobs({ card: 'T4' }), 2, 'another model');
  assert.equal(jobs({ family: 'squeezenet' }), 2, 'another kind of network');
  assert.deepEqual([jobs({ stepMacs: 1.9e8 }), jobs({ stepMacs: 2.1e8 })], [6, 2]);
  assert.equal(jobs({ runs: 5 }), 5);
  const free = (each: number) => ({
    trainer: TRAINER,
    here: { ...HERE, freeBytes: 64 * GB, cards: [each, each] },
  });
  assert.equal(jobs({ memory: free(7 * GB) }), 4, 'a card has memory for two');
  assert.equal(jobs({ measured: [shared(2, 1.5, 0.9)] }), 2, 'in one comparison they were slower');
  assert.match(
    planJobs({ ...study, measured: [shared(2, 1)] }).reason,
    /one for each GPU, as several on one were no faster with mobilenet/,
  );
  assert.match(planJobs(study).reason, /one for each GPU \(several on one were not measured\)$/);
});

test('what is to be measured is what may be chosen', () => {
  const gpu = { ...REQUEST, cores: 16, device: 'gpu', cards: 2 } as const;
  assert.deepEqual(countsToMeasure(gpu), [2, 3, 4]);
  assert.deepEqual(countsToMeasure({ ...gpu, runs: 5 }), [2, 3]);
  assert.deepEqual(countsToMeasure({ ...gpu, runs: 2 }), []);
  const here = { ...HERE, freeBytes: 64 * GB, cards: [7 * GB, 7 * GB] };
  assert.deepEqual(countsToMeasure({ ...gpu, memory: { trainer: TRAINER, here } }), [2]);
  assert.deepEqual(countsToMeasure({ ...REQUEST, cores: 8 }), [4]);
  assert.deepEqual(countsToMeasure({ ...REQUEST, cores: 8, runs: 3 }), []);
  assert.deepEqual(countsToMeasure({ ...REQUEST, cores: 1 }), []);
});

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
