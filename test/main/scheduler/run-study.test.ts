import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Trainer } from '../../../src-main/executors/executor.ts';
import type { SchedulerEvent } from '../../../src-main/scheduler/events.ts';
import { runStudy, type StudyOptions } from '../../../src-main/scheduler/run-study.ts';
import { backUpStore } from '../../../src-main/store/backup-store.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import { epochOf, STEPS, resultOf, stepOf } from '../../fixtures/scripted-numbers.ts';
import { bench, sampleOptions, scriptedTrainers, STUDY, type Bench } from './sample-execution.ts';

type EventOf<Type extends SchedulerEvent['type']> = Extract<SchedulerEvent, { type: Type }>;

/** Starts the sample study and gathers its events. */
function start({ store }: Bench, options: Partial<StudyOptions> = {}, text: string = STUDY) {
  const events: SchedulerEvent[] = [];
  const study = runStudy({
    ...sampleOptions(store, text),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const of = <Type extends SchedulerEvent['type']>(type: Type): EventOf<Type>[] =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  return { ...study, events, of };
}

const states = ({ store }: Bench) => store.runs().map(({ state }) => state);

test('runs are begun seed by seed', async (context) => {
  const here = bench(context);
  const study = start(here, { jobs: { jobs: 1, threads: 1, reason: 'for the order' } });
  await study.finished;
  assert.deepEqual(
    here.begun().map(({ seed }) => seed),
    [0, 0, 1, 1],
  );
});

test('runs of cells that differ in their learning rate are trained in one step', async (context) => {
  const here = bench(context);
  const text = STUDY.replace(/vary:.*/, 'vary: { training.learningRate: [0.1, 0.2, 0.4] }');
  const jobs = { jobs: 1, threads: 1, fused: 3, reason: '' };
  await start(here, { jobs }, text).finished;
  const sizes = here.store.runs().map(({ state, fusedWith = [] }) => [state, fusedWith.length]);
  assert.deepEqual(
    sizes,
    Array.from({ length: 6 }, () => ['complete', 2]),
  );
  const cells = here.store.runs().map(({ id, cell, fusedWith = [] }) => {
    const others = fusedWith.map((other) => here.store.run(other).cell);
    assert.ok(!fusedWith.includes(id));
    return new Set([cell, ...others]).size;
  });
  assert.ok(Math.max(...cells) > 1, cells.join());
});

test('runs of a cell are trained in one step, each with its own end; who was interrupted goes on with those that are left', async (context) => {
  const here = bench(context);
  const text = STUDY.replace('seeds: 2', 'seeds: 5');
  const jobs = { jobs: 1, threads: 1, fused: 3, reason: '' };
  const trouble = { step: 2, once: join(here.folder, 'once') };
  const others = (run: string): number => here.store.run(run).fusedWith?.length ?? 0;
  here.script({ trouble: { ...trouble, seed: 1, kind: 'exit' } });
  const died = start(here, { jobs }, text);
  assert.deepEqual([(await died.finished).failed, died.of('trainer died').length], [3, 1]);
  assert.deepEqual(
    died.of('run claimed').map(({ run, seed }) => [seed, others(run)]),
    [0, 1, 2, 0, 1, 2, 3, 4, 3, 4].map((seed) => [seed, seed < 3 ? 2 : 1]),
  );
  const whole = here.store.runs().filter(({ state }) => state === 'complete');
  assert.equal(whole.length, 7);
  for (const { id, seed, metrics, cell, fusedWith } of whole) {
    assert.equal(metrics.testAccuracy, resultOf(seed).testAccuracy);
    assert.deepEqual(here.store.provenance(id)?.fusedWith, fusedWith);
    for (const other of fusedWith ?? assert.fail())
      assert.ok(other !== id && here.store.run(other).cell === cell);
  }

  // those that failed go on; of those that begin one diverges, one is cancelled, and the study is stopped
  here.script({ trouble: { seed: 6, step: 2, kind: 'diverge' }, stepMilliseconds: 25 });
  const more = text.replace('seeds: 5', 'seeds: 8');
  const again = start(here, { jobs }, more);
  const reached = (seed: number, step: number) =>
    again.of('run progress').find((event) => event.seed === seed && event.step >= step);
  const watching = setInterval(() => {
    const first = reached(5, 3);
    if (first) again.runs.cancel(first.run);
    if (reached(7, 6)) again.stop();
  }, 1);
  context.after(() => clearInterval(watching));
  await again.finished;
  clearInterval(watching);
  assert.deepEqual(
    again.of('run claimed').map(({ run, seed }) => [seed, here.store.run(run).state, others(run)]),
    [
      ...[0, 1, 2].map((seed) => [seed, 'complete', 2]),
      [5, 'interrupted', 2],
      [6, 'failed', 2],
      [7, 'interrupted', 2],
    ],
  );
  here.script({});
  const last = start(here, { jobs }, more);
  assert.equal((await last.finished).done, 15);
  assert.deepEqual(
    last.of('run claimed').map(({ run, seed }) => [seed, others(run)]),
    [5, 7, 5, 6, 7].map((seed) => [seed, 2]),
  );
});

test('runs that were interrupted in one step go on together from the newest resume checkpoint that most of them have', async (context) => {
  const here = bench(context);
  const text = STUDY.replace(/vary:.*/, 'vary: { network.sr: [0.5] }').replace('seeds: 2', 'seeds: 4');
  const jobs = { jobs: 1, threads: 1, fused: 4, reason: '' };
  here.script({ stepMilliseconds: 25 });
  const cut = start(here, { jobs }, text);
  const watching = setInterval(() => {
    const far = cut.of('run progress').filter(({ step }) => step >= 8);
    if (new Set(far.map(({ run }) => run)).size === 4) cut.stop();
  }, 1);
  context.after(() => clearInterval(watching));
  await cut.finished;
  clearInterval(watching);
  const runs = here.store.runs().map(({ id, state }) => ({ id, state }));
  assert.deepEqual(
    runs.map(({ state }) => state),
    Array.from({ length: 4 }, () => 'interrupted'),
  );
  const kept = [[6, 4], [4, 2], [6, 4], [5]];
  for (const [place, { id }] of runs.entries())
    for (const step of kept[place] ?? [])
      writeFileSync(join(here.store.runFolder(id), `resume-${step}.safetensors`), '');
  here.script({});
  const again = start(here, { jobs }, text);
  await again.finished;
  const from = new Map(again.of('run goes on').map(({ run, step }) => [run, step]));
  assert.deepEqual(
    runs.map(({ id }) => from.get(id)),
    [4, 4, 4, 5],
  );
  const all = runs.map(({ id }) => id);
  for (const { id } of runs) {
    const { state, fusedWith } = here.store.run(id);
    assert.deepEqual(
      [state, fusedWith?.toSorted()],
      ['complete', all.filter((other) => other !== id).toSorted()],
    );
  }
});

test('the last of a step goes on with what each of its networks had for itself', async (context) => {
  const here = bench(context);
  const text = STUDY.replace(/vary:.*/, 'vary: { training.labelSmoothing: [0, 0.1] }').replace(
    'seeds: 2',
    'seeds: 1',
  );
  const jobs = { jobs: 1, threads: 1, fused: 2, reason: '' };
  here.script({ stepMilliseconds: 25 });
  const cut = start(here, { jobs }, text);
  const watching = setInterval(() => {
    const far = cut.of('run progress').find(({ step }) => step >= 3);
    if (far) cut.runs.cancel(far.run);
  }, 1);
  context.after(() => clearInterval(watching));
  await cut.finished;
  clearInterval(watching);
  const states = here.store.runs().map(({ state }) => state);
  assert.deepEqual(states.toSorted(), ['complete', 'interrupted']);
  here.script({});
  await start(here, { jobs }, text).finished;
  const told = here.begun().map(({ fused }) => [fused?.runs.length, fused?.present.length, fused?.own]);
  const own = { rates: false, decays: false, smoothings: true };
  assert.deepEqual(told, [
    [2, 2, own],
    [2, 2, own],
    [2, 1, own],
  ]);
});

test('every cell and seed is run once, by warm trainers', async (context) => {
  const here = bench(context);
  const study = start(here);
  const outcome = await study.finished;
  assert.deepEqual([outcome.total, outcome.done, outcome.failed, outcome.waiting], [4, 4, 0, 0]);
  const begun = here.begun();
  // Two trainers note their beginnings in the order in which they come to it.
  assert.deepEqual(begun.map(({ seed }) => seed).sort(), [0, 0, 1, 1]);
  assert(new Set(begun.map(({ pid }) => pid)).size <= 2, 'at most two trainers did all four runs');
  for (const run of here.store.runs()) {
    assert.equal(run.state, 'complete');
    assert.equal(run.metrics.testAccuracy, resultOf(run.seed).testAccuracy);
    assert.equal(run.artifacts, join(here.folder, 'artifacts', run.id));
    assert.deepEqual(
      [run.engine, run.mode, run.totalSteps, run.step],
      ['scripted', 'compiled', 2 * STEPS, 2 * STEPS],
    );
    assert.equal(here.store.provenance(run.id)?.engine.threads, 1);
    assert.equal(here.store.provenance(run.id)?.dataHash, 'hash');
    const expected = Array.from({ length: 2 * STEPS }, (_, index) => stepOf(index + 1, run.seed));
    assert.deepEqual(here.store.series(run.id).steps, expected);
  }
  const summary = summarizeStudy(here.store.cellRows('sample'), here.store.runs());
  assert.deepEqual(
    summary.map(({ n, mean }) => [n, mean]),
    [
      [2, 0.505],
      [2, 0.505],
    ],
  );
  const [began] = study.of('study started');
  assert.deepEqual([began?.total, began?.done, began?.waiting, began?.jobs], [4, 0, 4, 2]);
  assert.equal(study.of('run started').length, 4);
  assert.equal(study.of('run progress').length, 4 * 2 * STEPS);
  assert.equal(study.of('run finished').length, 4);
  const last = study.of('study progress').at(-1);
  assert.deepEqual(
    [last?.done, last?.running, last?.secondsLeft, last?.best?.testAccuracy],
    [4, 0, 0, 0.505],
  );
});

test('a rule adds seeds to each cell as its first ones end, and a later start goes on from what was decided', async (context) => {
  const here = bench(context);
  // the trainers' results are 50 %, 51 %, 52 %, …: of the first three the deviation is 1 point, and 4.30 / 2 squared is 4.6
  const text = STUDY.replace('seeds: 2', 'seeds: { until: { halfWidth: 2, max: 12, min: 3 } }');
  const study = start(here, {}, text);
  const outcome = await study.finished;
  assert.deepEqual([outcome.total, outcome.done, outcome.waiting], [10, 10, 0]);
  const [began] = study.of('study started');
  assert.deepEqual([began?.seeds, began?.mostSeeds, began?.total], [3, 12, 6]);
  assert.deepEqual(
    study
      .of('seeds decided')
      .map(({ decision, planned }) => `${decision.state} ${planned.length}`)
      .sort(),
    ['narrow enough 0', 'narrow enough 0', 'second stage 2', 'second stage 2'],
  );
  const [first, last] = [study.of('study progress')[0], study.of('study progress').at(-1)];
  assert.deepEqual([first?.total, first?.mostTotal, last?.total, last?.mostTotal], [6, 24, 10, 10]);
  // mean of all five, deviation of the first three
  const half = (4.302652729911275 * 0.01) / Math.sqrt(5);
  const summary = summarizeStudy(here.store.cellRows('sample'), here.store.runs());
  for (const { n, mean, interval, decision, leftOut } of summary) {
    assert.deepEqual(
      [n, mean, decision?.state, decision?.needed, leftOut],
      [5, 0.52, 'narrow enough', 5, []],
    );
    assert.ok(Math.abs((interval?.[0] ?? NaN) - (0.52 - half)) < 1e-9);
  }
  // half of it, and up to a lower maximum: what is there counts
  const narrower = start(here, {}, text.replace('halfWidth: 2, max: 12', 'halfWidth: 1, max: 7'));
  const further = await narrower.finished;
  assert.deepEqual([further.total, further.done], [14, 14]);
  assert.deepEqual(
    summarizeStudy(here.store.cellRows('sample'), here.store.runs()).map(({ n, decision }) => [
      n,
      decision?.state,
      decision?.needed,
    ]),
    [
      [7, 'most seeds', 19],
      [7, 'most seeds', 19],
    ],
  );
  const again = start(here, {}, text.replace('halfWidth: 2, max: 12', 'halfWidth: 1, max: 7'));
  await again.finished;
  assert.equal(again.of('run started').length, 0);
});

test('seeds that the file names beside a rule are trained once, whether the rule asks for them or not', async (context) => {
  const here = bench(context);
  // the rule takes 0 to 4
  const text = STUDY.replace(
    'seeds: 2',
    'seeds: { until: { halfWidth: 2, max: 12, min: 3 } }\nextraSeeds: [{ cells: { network.sr: 0.25 }, seeds: [3, 7] }]',
  );
  const study = start(here, {}, text);
  const outcome = await study.finished;
  assert.deepEqual([outcome.total, outcome.done], [11, 11]);
  const seeds = Map.groupBy(here.begun(), ({ run }) => here.store.run(run).cell);
  assert.deepEqual(
    [...seeds.values()]
      .map((own) =>
        own
          .map(({ seed }) => seed)
          .sort()
          .join(' '),
      )
      .sort(),
    ['0 1 2 3 4', '0 1 2 3 4 7'],
  );
  // of the 9 that may follow the first three, the file asks for two anyway
  assert.equal(study.of('study progress')[0]?.mostTotal, 8 + 7 + 9);
});

test('a study that is stopped while a rule may add seeds ends, and goes on later', async (context) => {
  const here = bench(context);
  const text = STUDY.replace('seeds: 2', 'seeds: { until: { halfWidth: 2, max: 12, min: 3 } }');
  const study = start(here, { jobs: { jobs: 4, threads: 1, reason: '' } }, text);
  const stopping = setInterval(() => {
    if (study.of('run finished').length >= 3) study.stop();
  }, 1);
  context.after(() => clearInterval(stopping));
  await study.finished;
  clearInterval(stopping);
  const rest = start(here, {}, text);
  const outcome = await rest.finished;
  assert.deepEqual([outcome.total, outcome.done], [10, 10]);
});

test('what goes on before the first step is told as it comes', async (context) => {
  const study = start(bench(context), { jobs: { jobs: 1, threads: 1, reason: '' } });
  await study.finished;
  const [run] = study.of('run claimed');
  const told = study.events.flatMap((event) => {
    if (event.type === 'points saved' || ('run' in event && event.run !== run?.run)) return [];
    return event.type === 'run phase' ? event.phase : event.type;
  });
  assert.deepEqual(told.slice(0, 3), ['study started', 'trainer starting', 'study progress']);
  assert.equal(study.of('study progress')[0]?.starting, 1);
  const course = told.filter((type) => type !== 'study progress' && type !== 'run progress');
  assert.deepEqual(course.slice(1, 9), [
    ...['trainer starting', 'trainer started', 'run claimed', 'loading the data'],
    ...['recording the first step', 'run started', 'testing', 'run finished'],
  ]);
});

test('threads are recorded with each run, and a start that changes them says so', async (context) => {
  const here = bench(context);
  await start(here, { jobs: { jobs: 1, threads: 2, reason: '' } }, STUDY.replace('seeds: 2', 'seeds: 1'))
    .finished;
  const again = start(here, { jobs: { jobs: 2, threads: 1, reason: '' } });
  await again.finished;
  assert.match(again.of('study started')[0]?.messages.join() ?? '', /trainers with 2 threads, .* use 1:/);
  assert.deepEqual(
    here.store.runs().map(({ threads }) => threads),
    [2, 2, 1, 1],
  );
  const cells = summarizeStudy(here.store.cellRows('sample'), here.store.runs());
  assert.deepEqual(
    cells.map(({ mixed }) => mixed),
    ['1 and 2 threads', '1 and 2 threads'],
  );
  assert.deepEqual(start(here).of('study started')[0]?.messages, ['Complete already: 4 runs; missing: 0.']);
});

test('a start by another version of the engine than that of complete runs says so, once', async (context) => {
  const here = bench(context);
  await start(here, {}, STUDY.replace('seeds: 2', 'seeds: 1')).finished;
  here.script({ engineVersion: '2' });
  const again = start(here, { jobs: { jobs: 2, threads: 1, reason: '' } });
  await again.finished;
  assert.deepEqual(again.of('engine differs'), [
    { type: 'engine differs', before: ['scripted 1'], now: 'scripted 2' },
  ]);
  const third = start(here, {}, STUDY.replace('seeds: 2', 'seeds: 3'));
  await third.finished;
  assert.deepEqual(
    third.of('engine differs').map(({ before }) => before),
    [['scripted 1']],
  );
});

const DEATHS = [
  ['kill', /killed by signal SIGKILL, perhaps because the machine ran out of memory/],
  ['exit', /ran out of memory \(use .*\)\..*std::bad_alloc/],
  ['garbage', /a message that is not in the protocol: \{"type":"stps"\}/],
  ['hang', /no sign of life for 2 s/],
] as const;

test('runs that an error keeps from being begun go on to wait, and the study ends with it', async (context) => {
  const here = bench(context);
  const seat: Trainer = {
    ...{ pid: null, about: null, death: () => null, kill: () => undefined },
    work: () => Promise.reject(new Error('a disk that answers nonsense')),
    leave: () => Promise.resolve(),
  };
  const executor = { isElsewhere: true, startTrainer: () => Promise.resolve(seat) };
  await assert.rejects(
    start(here, { executor }).finished,
    /could not be begun: a disk that answers nonsense/,
  );
  assert.deepEqual(states(here), ['waiting', 'waiting', 'waiting', 'waiting']);
});

for (const [kind, cause] of DEATHS) {
  test(`a trainer's death (${kind}) fails its run, the others go on, and in a new start only that one does`, async (context) => {
    const here = bench(context);
    const once = join(here.folder, 'once');
    here.script({ trouble: { seed: 1, step: 7, kind, once } });
    const executor = scriptedTrainers(kind === 'hang' ? { silence: 2000 } : {});
    const study = start(here, { executor, jobs: { jobs: 1, threads: 2, reason: '' } });
    const outcome = await study.finished;
    assert.deepEqual([outcome.done, outcome.failed], [3, 1]);
    const [failed] = here.store.runs({ states: ['failed'] });
    assert.equal(failed?.failure?.code, 'trainer-died');
    assert.equal(failed.failure.step, 7);
    assert.match(failed.failure.message, cause);
    assert.equal(here.store.series(failed.id).steps.length, 7);
    assert.equal(study.of('trainer died').length, 1);
    assert.equal(study.of('trainer started').length, 2);

    const again = start(here);
    assert.equal((await again.finished).done, 4);
    assert.equal(here.store.runs().length, 4);
    const { state, interruptions } = here.store.run(failed.id);
    assert.deepEqual([state, interruptions.map(({ step }) => step)], ['complete', [7]]);
    assert.match(interruptions[0]?.cause ?? '', cause);
    const [wentOn] = again.of('run goes on');
    assert.deepEqual([wentOn?.run, wentOn?.step, wentOn?.totalSteps], [failed.id, 7, 2 * STEPS]);
    assert.match(
      again.of('study started')[0]?.messages.join() ?? '',
      /Interrupted before: 1 run; from the beginning: 1/,
    );
    const expected = Array.from({ length: 2 * STEPS }, (_, index) => stepOf(index + 1, 1));
    assert.deepEqual(here.store.series(failed.id).steps, expected);
    assert.equal(here.begun().length, 5);
  });
}

test('a run whose loss was not finite is recorded and, by default, not repeated', async (context) => {
  const here = bench(context);
  here.script({ trouble: { seed: 0, step: 3, kind: 'diverge', once: join(here.folder, 'once') } });
  const outcome = await start(here).finished;
  assert.deepEqual([outcome.done, outcome.failed], [3, 1]);
  const [failed] = here.store.runs({ states: ['failed'] });
  assert.deepEqual(failed?.failure, { code: 'loss-not-finite', message: 'the loss is NaN', step: 3 });

  const again = start(here);
  assert.equal((await again.finished).failed, 1);
  assert.match(again.of('study started')[0]?.messages.join() ?? '', /Not repeated: 1 run whose/);
  assert.equal(here.store.runs().length, 4);
  assert.equal((await start(here, { retryDiverged: true }).finished).done, 4);
  assert.equal(here.store.runs().length, 5);
});

test('a stop ends runs after the present step; the next start does the rest and keeps the whole', async (context) => {
  const here = bench(context);
  here.script({ stepMilliseconds: 20 });
  const study = start(here, {
    onEvent: (event) => {
      if (event.type === 'run progress' && event.seed === 1 && event.step === 5) study.stop();
    },
  });
  const outcome = await study.finished;
  assert(outcome.stopped);
  assert.equal(outcome.done + outcome.interrupted + outcome.waiting, 4);
  assert(outcome.interrupted >= 1);
  assert(!states(here).includes('running'));
  const complete = here.store.runs({ states: ['complete'] });
  for (const run of here.store.runs({ states: ['interrupted'] })) {
    assert.equal(here.store.series(run.id).steps.length, run.step ?? 0);
  }
  here.script({});
  const again = start(here);
  assert.equal((await again.finished).done, 4);
  assert.equal(again.of('run finished').length, 4 - complete.length);
  for (const run of complete) assert.deepEqual(here.store.run(run.id), run);
  assert.equal(again.of('run goes on').length, outcome.interrupted);
  assert.deepEqual(here.store.resumeRemovals(), []);
  assert.equal(here.store.runs().length, 4);
});

test('an interrupted run begins anew as itself where that is asked for, and in a copy of its store as another one', async (context) => {
  const here = bench(context);
  here.script({ trouble: { seed: 0, step: 7, kind: 'kill', once: join(here.folder, 'once') } });
  const jobs = { jobs: 1, threads: 1, reason: '' };
  await start(here, { jobs }, STUDY.replace('seeds: 2', 'seeds: 1')).finished;
  const [failed] = here.store.runs({ states: ['failed'] });
  assert.ok(failed);
  const copied = join(here.folder, 'copy.sqlite');
  await backUpStore(here.store.file, { destination: copied });
  const copy = openStore(copied, { purpose: 'schedule', artifactsRoot: here.store.artifactsRoot });
  context.after(() => copy.close());
  await start({ ...here, store: copy }, { jobs }, STUDY.replace('seeds: 2', 'seeds: 1')).finished;
  assert.deepEqual(
    copy
      .runs()
      .map(({ state, retryOf }) => `${state} ${retryOf}`)
      .sort(),
    ['complete null', `complete ${failed.id}`, 'failed null'].sort(),
  );
  const again = start(here, { jobs, goOn: 'never' }, STUDY.replace('seeds: 2', 'seeds: 1'));
  await again.finished;
  assert.deepEqual(
    here.store.run(failed.id).interruptions.map(({ step, note }) => [step, note]),
    [[0, 'it is told to']],
  );
});

test('runs of more epochs go on from the ends of those that are complete, or say why not', async (context) => {
  const here = bench(context);
  here.script({ isWhole: true });
  const jobs = { jobs: 1, threads: 1, reason: 'for the order' };
  const text = STUDY.replace('seeds: 2', 'seeds: 1').replace('epochs: 2', 'epochs: 2, schedule: constant');
  const longer = text.replace('epochs: 2', 'epochs: 3');
  const messages = async (wanted: string, options: Partial<StudyOptions> = {}): Promise<string> => {
    const study = start(here, { jobs, ...options }, wanted);
    study.kill();
    await study.finished;
    return study.of('study started')[0]?.messages.join() ?? '';
  };
  await start(here, { jobs }, text).finished;
  const shorter = here.store.runs();

  // the first is interrupted once more where it goes on
  here.script({
    isWhole: true,
    trouble: { seed: 0, step: 25, kind: 'kill', once: join(here.folder, 'once') },
  });
  const study = start(here, { jobs }, longer);
  assert.equal((await study.finished).failed, 1);
  const again = start(here, { jobs }, longer);
  assert.equal((await again.finished).done, 2);
  assert.match(
    study.of('study started')[0]?.messages.join() ?? '',
    /Going on from the end of a run of fewer epochs: 2 runs \(40 of 60 steps are kept, unless the engine, its version or its device is another now\)/,
  );
  const told = [...study.of('run goes on'), ...again.of('run goes on')];
  assert.deepEqual(
    told.map(({ step, totalSteps, shorter: from }) => [step, totalSteps, from !== null]),
    [
      [20, 30, true],
      [20, 30, true],
      [25, 30, false],
    ],
  );
  for (const former of shorter) {
    const run = here.store.runs().find(({ extension }) => extension?.from === former.id) ?? assert.fail();
    assert.deepEqual(run.factors, former.factors);
    assert.deepEqual(run.extension, { from: former.id, step: 20, seconds: 1, note: null });
    const { steps, epochs } = here.store.series(run.id);
    assert.deepEqual(
      steps,
      Array.from({ length: 30 }, (_, index) => stepOf(index + 1, 0)),
    );
    assert.deepEqual(epochs, [1, 2, 3].map(epochOf));
  }
  // its own time only
  assert.deepEqual(
    again.of('run finished').map(({ seconds }) => seconds),
    [0],
  );

  const four = text.replace('epochs: 2', 'epochs: 4');
  const cosine = text.replace('constant', 'cosine');
  await start(here, { jobs }, cosine).finished;
  assert.match(await messages(four), /Going on .*: 2 runs \(60 of 80 steps/);
  const why = /Not going on from a run of fewer epochs that is complete: 2 runs: /;
  const cases: readonly (readonly [string, Partial<StudyOptions>, RegExp])[] = [
    [cosine.replace('epochs: 2', 'epochs: 3'), {}, /the learning rate of the schedule cosine depends/],
    [`${four}record: { histograms: 2 }\n`, {}, /histograms are recorded/],
    [`${four}record: { checkpoints: 1 }\n`, {}, /its checkpoint epoch-1 is missing/],
    [four, { jobs: { ...jobs, threads: 2 } }, /the number of threads is 2, it was 1/],
    [four, { jobs: { ...jobs, threads: 2 }, goOn: 'any' }, /Going on/],
    [four, { goOn: 'never' }, /^$/],
  ];
  for (const [wanted, options, expected] of cases) {
    const said = await messages(wanted, options);
    assert.match(said, expected);
    if (!['^$', 'Going on'].includes(expected.source)) assert.match(said, why);
  }
});

test('a kill does not wait for a trainer that does not stop', async (context) => {
  const here = bench(context);
  here.script({ stepMilliseconds: 80, trouble: { seed: 0, step: 1000, kind: 'ignore stop' } });
  const busy = new Set<string>();
  let stepsSinceStop = 0;
  const study = start(here, {
    onEvent: (event) => {
      if (event.type !== 'run progress') return;
      // both trainers are at work, and then still are after having been asked to stop
      if (busy.add(event.run).size === 2 && stepsSinceStop++ === 0) study.stop();
      if (stepsSinceStop === 6) study.kill();
    },
  });
  const outcome = await study.finished;
  assert.deepEqual([outcome.interrupted, outcome.waiting, outcome.failed], [2, 2, 0]);
  assert.deepEqual(states(here), ['interrupted', 'interrupted', 'waiting', 'waiting']);
});

test('a trainer of another version is refused', async (context) => {
  const here = bench(context);
  here.script({ protocol: 1 });
  await assert.rejects(start(here).finished, {
    code: 'process-died',
    message: /The trainer uses version 1 .* uses version 2/,
  });
  assert.deepEqual(new Set(states(here)), new Set(['waiting']));
});

test('trainers that die before they are ready are given up after three, with their last words', async (context) => {
  const here = bench(context);
  here.script({ start: 'die' });
  const study = start(here, { jobs: { jobs: 1, threads: 1, reason: '' } });
  await assert.rejects(study.finished, {
    code: 'engine-invalid',
    message: /exit code 7.*libtensorflow\.so\.2: cannot open.*kindling doctor/s,
  });
  assert.equal(study.of('trainer died').length, 3);
  assert.deepEqual(states(here), ['waiting', 'waiting', 'waiting', 'waiting']);
});

test('a trainer that never gets ready is given up', async (context) => {
  const here = bench(context);
  here.script({ start: 'silent' });
  const study = start(here, { executor: scriptedTrainers({ ready: 200 }) });
  await assert.rejects(study.finished, { code: 'engine-invalid', message: /not ready after 0\.2 s/ });
});

test('a failure that all further runs would share ends the study', async (context) => {
  const here = bench(context);
  here.script({ trouble: { seed: 0, step: 2, kind: 'no engine' } });
  const study = start(here, { jobs: { jobs: 1, threads: 1, reason: '' } });
  await assert.rejects(study.finished, { code: 'engine-missing', message: /the engine is gone/ });
  assert.deepEqual(states(here), ['waiting', 'failed', 'waiting', 'waiting']);
});

test('more seeds and new cells run only what is missing; what is no longer asked for is cancelled', async (context) => {
  const here = bench(context);
  await start(here).finished;
  const more = start(here, {}, STUDY.replace('seeds: 2', 'seeds: 3'));
  assert.equal((await more.finished).total, 6);
  assert.deepEqual(
    more.of('run finished').map(({ seed }) => seed),
    [2, 2],
  );

  const other = start(here, {}, STUDY.replace('[0.25, 0.5]', '[0.5, 1]'));
  other.stop();
  await other.finished;
  assert.match(
    other.of('study started')[0]?.messages.join() ?? '',
    /has changed: 1 cell new, 1 cell no longer/,
  );
  assert.equal(here.store.study('sample').runs.waiting, 2);
  const back = start(here);
  const outcome = await back.finished;
  assert.deepEqual([outcome.total, outcome.done, back.of('run finished').length], [4, 4, 0]);
  assert.equal(here.store.study('sample').runs.cancelled, 2);
});

test('other data under the same study is refused before anything changes', async (context) => {
  const here = bench(context);
  await start(here).finished;
  const before = here.store.study('sample');
  const { dataset } = sampleOptions(here.store);
  const changed = { ...dataset, description: { ...dataset.description, hash: 'other' } };
  assert.throws(() => start(here, { dataset: changed }), {
    code: 'data-invalid',
    message: /has results from other data/,
  });
  assert.deepEqual(here.store.study('sample'), before);
});

test('a trainer that sees other data than was opened ends the study', async (context) => {
  const here = bench(context);
  const { dataset } = sampleOptions(here.store);
  const changed = { ...dataset, description: { ...dataset.description, hash: 'other' } };
  await assert.rejects(start(here, { dataset: changed }).finished, {
    code: 'data-invalid',
    message: /changed while/,
  });
  assert(!states(here).includes('running') && !states(here).includes('complete'));
});
