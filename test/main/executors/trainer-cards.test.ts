import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { failedMeasurements, forgetFailures } from '../../../src-main/engine/measuring/trainers-record.ts';
import { openProcesses } from '../../../src-main/executors/background/open.ts';
import type { JobsWanted, Trainer } from '../../../src-main/executors/executor.ts';
import { openLocalProcesses } from '../../../src-main/executors/local-processes/open.ts';
import { enginesFolder, kindlingHome } from '../../../src-main/home.ts';
import { kindlingVersion } from '../../../src-main/kindling-version.ts';
import { isFaster, type MeasuredTrainers } from '../../../src-shared/studies/measured-trainers.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { spoolPlaces } from '../../../src-main/spool/spool-places.ts';
import { makeSpool } from '../../../src-main/spool/spool-study.ts';

// The trainers are real, and so is what they are given. The engine is that of this machine, called one for GPUs, since there is no card
// to compute on; nvidia-smi is a stand-in.
const root = mkdtempSync(join(tmpdir(), 'kindling-cards-'));
const home = join(root, 'home');
const environment = { PATH: process.env['PATH'], KINDLING_ENGINE: process.env['KINDLING_ENGINE'] };

before(() => {
  const engine = selectedEngine(kindlingHome());
  const folder = join(enginesFolder(home), 'as-if-gpu');
  mkdirSync(folder, { recursive: true });
  // but for what was measured of this machine's trainers
  for (const file of readdirSync(engine.folder))
    if (file !== 'engine.json' && !file.startsWith('trainers-'))
      symlinkSync(join(engine.folder, file), join(folder, file));
  const asIfGpu = { ...engine, name: 'as-if-gpu', kind: 'gpu' };
  writeFileSync(join(folder, 'engine.json'), JSON.stringify(asIfGpu));
  process.env['KINDLING_ENGINE'] = 'as-if-gpu';
  process.env['KINDLING_SOFTWARE_GPU'] = '1';
  const programs = join(root, 'bin');
  mkdirSync(programs);
  writeFileSync(
    join(programs, 'nvidia-smi'),
    `#!/bin/sh
echo '0, GPU-00, NVIDIA A100, 40960, 3, 570.86.15'
echo '1, GPU-11, NVIDIA A100, 40960, 39000, 570.86.15'
echo '2, GPU-22, NVIDIA A100, 40960, 3, 570.86.15'
`,
    { mode: 0o755 },
  );
  process.env['PATH'] = `${programs}${delimiter}${environment.PATH ?? ''}`;
});
after(() => {
  Object.assign(process.env, environment);
  if (environment.KINDLING_ENGINE === undefined) delete process.env['KINDLING_ENGINE'];
  delete process.env['KINDLING_SOFTWARE_GPU'];
  rmSync(root, { recursive: true, force: true, maxRetries: 10 });
});

const study = { name: 'cards', store: 'none' };

/** What CUDA sees of the cards in a process that runs. */
function cardOf({ pid }: Pick<Trainer, 'pid'>): string | undefined {
  return readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .find((variable) => variable.startsWith('CUDA_VISIBLE_DEVICES='))
    ?.split('=')[1];
}

test(
  'each trainer has a card of its own, and the successor of one that died has that of the dead',
  { skip: process.platform !== 'linux' && 'what a process was given is read from /proc' },
  async () => {
    const executor = await openLocalProcesses({ home, study });
    assert.deepEqual(executor.notes, [
      'Cards: 0 (NVIDIA A100), 2 (NVIDIA A100); 1 (NVIDIA A100) is left out: others use 40.9 GB of its 42.9 GB; a card that is named is taken whatever others do',
    ]);
    const plan = executor.plan({ runs: 20, stepMacs: 1e8, jobs: null });
    assert.equal(plan.jobs, 2);
    assert.match(plan.reason, /^2 trainers of \d+ threads? on \d+ cores? and 2 cards: one for each GPU \(/);
    const { signal } = new AbortController();
    const start = (): Promise<Trainer> => executor.startTrainer(1, signal);
    const [first, second] = await Promise.all([start(), start()]);
    const third = await start();
    assert.deepEqual([first, second, third].map(cardOf), ['GPU-00', 'GPU-22', 'GPU-00']);
    second.kill();
    await second.leave();
    const successor = await start();
    assert.equal(cardOf(successor), 'GPU-22');
    await Promise.all([first, third, successor].map((trainer) => trainer.leave()));
  },
);

test('a trainer whose engine is for GPUs and finds none is refused, and says what to do', async () => {
  delete process.env['KINDLING_SOFTWARE_GPU'];
  try {
    const executor = await openLocalProcesses({ home, study });
    await assert.rejects(executor.startTrainer(1, new AbortController().signal), {
      code: 'engine-invalid',
      message: /as-if-gpu is for GPUs and finds none here: check `nvidia-smi`.*kindling engine install cpu/,
    });
  } finally {
    process.env['KINDLING_SOFTWARE_GPU'] = '1';
  }
});

test('trainers that do not fit onto their cards are warned of', async () => {
  const executor = await openLocalProcesses({ home, study });
  const plan = (wanted: JobsWanted) => executor.plan(wanted);
  const memory = { bytes: 1e6, isMeasured: true, estimatedBytes: 1e6, cardBytes: 18e9, furtherBytes: 1e9 };
  const asked = { runs: 9, stepMacs: 1e8, memory };
  assert.deepEqual(
    [plan({ ...asked, jobs: null }).jobs, plan({ ...asked, jobs: 4 }).warning],
    [2, undefined],
  );
  assert.match(
    plan({ ...asked, jobs: 5 }).warning ?? '',
    /5 trainers: each needs about 18\.0 GB \(as estimated\) of 85\.9 GB .* on the cards together, so that 4 would fit/,
  );
});

test(
  'each worker in the background has a card of its own, whoever started the others',
  { skip: process.platform !== 'linux' && 'what a process was given is read from /proc' },
  async () => {
    const spool = join(root, 'spool');
    await makeSpool(spool, {
      ...{ study: study.name, store: study.store, executor: 'background', settings: {} },
      ...{ kindlingVersion: kindlingVersion(), rhythm: { beatSeconds: 1, expirySeconds: 20 } },
    });
    // they wait for runs that are still to come
    writeFileSync(spoolPlaces.open(spool), '');
    const fleetOf = () => openProcesses({ spool, home, study, settings: {} });
    const first = await fleetOf();
    try {
      assert.equal(first.plan?.({ runs: 9, stepMacs: 1e8, jobs: null }).jobs, 2);
      await first.start(1);
      await (await fleetOf()).start(2);
      const cards = (await first.workers()).map(({ id }) => cardOf({ pid: Number(id) }));
      assert.deepEqual(cards.toSorted(), ['GPU-00', 'GPU-00', 'GPU-22']);
    } finally {
      await first.stop();
    }
    while ((await first.workers()).some(({ state }) => state !== 'ended')) await setTimeout(50);
  },
);

test('whether several share a card, and whether fused runs are faster, is measured as a study begins, once for such a network on such a card', async (context) => {
  const { KINDLING_TUNING: tuning } = process.env;
  delete process.env['KINDLING_TUNING'];
  context.after(() => {
    if (tuning !== undefined) process.env['KINDLING_TUNING'] = tuning;
  });
  const told: string[] = [];
  const onPreparing = ({ what }: { what: string }): void => void told.push(what);
  const network = { family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 8, baseE: 8, incrE: 8 };
  const recipe = recipeSchema.parse({ batch: 8 });
  const wanted = { runs: 2, alike: 2, stepMacs: 1e7, family: 'squeezenet', jobs: null };
  const measures = {
    study: {
      subject: { network, recipe, input: [16, 16, 3] as [number, number, number], classes: 4 },
      ...{ family: 'squeezenet', stepMacs: 1e7 },
    },
    wanted,
    always: false,
  };
  const settings = { devices: ['2'], fuse: 'auto' };
  const open = () => openLocalProcesses({ home, study, settings, measures, onPreparing });
  const executor = await open();
  assert.deepEqual(executor.notes, []);
  const asked = ['how many trainers are fastest', 'whether 2 runs in one step are faster'];
  assert.ok(told.every((what) => asked.some((about) => what.includes(`${about} with squeezenet`))));
  assert.ok(asked.every((about) => told.some((what) => what.includes(about))));
  const [file = ''] = readdirSync(join(enginesFolder(home), 'as-if-gpu')).filter((name) =>
    name.startsWith('trainers-'),
  );
  const record = JSON.parse(readFileSync(join(enginesFolder(home), 'as-if-gpu', file), 'utf8')) as {
    trainers: readonly MeasuredTrainers[];
  };
  const [several, fused, ...more] = record.trainers;
  assert.ok(several && fused);
  const over = isFaster(several.gain) ? 2 : 1;
  assert.deepEqual(
    [several.card, several.jobs, several.networks, more.length],
    ['NVIDIA A100', 2, undefined, 0],
  );
  assert.deepEqual([fused.card, fused.jobs, fused.networks, fused.over], ['NVIDIA A100', 1, 2, over]);
  for (const { gain } of record.trainers) assert.ok(gain.low <= gain.median && gain.median <= gain.high);
  const { reason, ...plan } = executor.plan(wanted);
  // which of them is faster is the machine's to say
  const pays = isFaster(fused.gain);
  assert.deepEqual([plan.fused, plan.jobs], pays ? [2, 1] : [undefined, over]);
  const without =
    over === 2 ? '2 on each GPU together had' : 'one for each GPU, as several on one were no faster';
  assert.ok(reason.includes(pays ? 'each trains up to 2 runs in one step, which had' : without));
  assert.match(
    reason,
    /(, which|; none are fused, as 2 runs in one step) had \d\.\d\d times the images\/s of \d trainers? without fusing, with squeezenet at batch 8 here$/,
  );
  told.length = 0;
  assert.equal((await open()).plan(wanted).reason, reason);
  assert.deepEqual(told, [], 'it is known now');
});

test('where that cannot be measured it is said why, by each study, and tried again only when it is asked for', async (context) => {
  const { KINDLING_TUNING: tuning } = process.env;
  delete process.env['KINDLING_TUNING'];
  context.after(() => {
    if (tuning !== undefined) process.env['KINDLING_TUNING'] = tuning;
  });
  const recipe = recipeSchema.parse({ batch: 8 });
  const input: [number, number, number] = [16, 16, 3];
  const subject = { network: { family: 'of nobody' }, recipe, input, classes: 4 };
  const measures = {
    study: { subject, family: 'of nobody', stepMacs: 1e7 },
    wanted: { runs: 2, alike: 2, stepMacs: 1e7, family: 'of nobody', jobs: null },
    always: false,
  };
  let preparations = 0;
  const notes = async (stepMacs = 1e7): Promise<readonly string[]> => {
    const asked = { ...measures, study: { ...measures.study, stepMacs } };
    const settings = { devices: ['2'], fuse: 'auto' };
    const onPreparing = (): void => {
      preparations++;
    };
    return (await openLocalProcesses({ home, study, settings, measures: asked, onPreparing })).notes ?? [];
  };
  const first = await notes();
  const reasons = [
    /^How many trainers are fastest .* could not be measured here: .*of nobody/,
    /^Whether 2 runs in one step are faster .* could not be measured here: .*of nobody/,
  ];
  assert.equal(first.length, reasons.length);
  for (const [place, reason] of reasons.entries()) assert.match(first[place] ?? '', reason);
  const tried = preparations;
  assert.ok(tried > 0);
  assert.deepEqual(await notes(1.5e7), first);
  assert.equal(preparations, tried, 'it is known that it fails');
  const engine = selectedEngine(home);
  assert.deepEqual([forgetFailures(engine), failedMeasurements(engine)], [true, []]);
});

test('cards that were named are given, a cluster’s are not gone beyond, and another one is a mistake', async () => {
  const named = await openLocalProcesses({ home, study, settings: { devices: ['1'] } });
  assert.match(named.plan({ runs: 9, stepMacs: 1e8, jobs: 3 }).reason, /^3 trainers .*: as requested$/);
  process.env['CUDA_VISIBLE_DEVICES'] = '2';
  try {
    const given = await openLocalProcesses({ home, study });
    assert.equal(given.plan({ runs: 9, stepMacs: 1e8, jobs: null }).jobs, 1);
    await assert.rejects(openLocalProcesses({ home, study, settings: { devices: ['0'] } }), {
      code: 'usage',
      message: /there is no card 0; 2 \(NVIDIA A100\)/,
    });
  } finally {
    delete process.env['CUDA_VISIBLE_DEVICES'];
  }
  await assert.rejects(openLocalProcesses({ home, study, settings: { devices: ['first'] } }), {
    code: 'usage',
    message: /local-processes.devices.*the number or the UUID of a card/,
  });
});
