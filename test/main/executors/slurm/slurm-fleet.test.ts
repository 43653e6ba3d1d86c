import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { examineNode } from '../../../../src-main/executors/slurm/examine-node.ts';
import { examineSlurm } from '../../../../src-main/executors/slurm/examine-slurm.ts';
import type { Collecting } from '../../../../src-main/executors/slurm/jobs.ts';
import type { Shell } from '../../../../src-main/executors/slurm/shell.ts';
import { SlurmFleet } from '../../../../src-main/executors/slurm/slurm-fleet.ts';
import type { FleetWorker } from '../../../../src-main/executors/spool/worker-fleet.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { Problem } from '../../../../src-shared/mistakes/problem.ts';
import { slurmSettingsSchema } from '../../../../src-shared/studies/slurm-settings.ts';
import { rigShell, type SlurmRig, startSlurm, until, whyNoSlurm } from './slurm-rig.ts';

const KINDLING = join(import.meta.dirname, '../../../../bin/kindling.mjs');
/** Of the cluster: elements of an array. */
const ARRAY_SIZE = 5;

describe('workers as jobs of a real Slurm', { skip: whyNoSlurm() }, () => {
  let rig: SlurmRig;
  let shell: Shell;
  before(async () => {
    rig = await startSlurm({ settings: [`MaxArraySize=${ARRAY_SIZE}`] });
    shell = rigShell(rig);
  });
  after(() => rig.end());

  /** @param work what a worker does, as a program of a shell in the folder of the fleet */
  const open = (
    name: string,
    work: string,
    settings: unknown = {},
    collecting: Partial<Collecting> | null = null,
  ): { fleet: SlurmFleet; folder: string; spool: string } => {
    const spool = join(rig.folder, name);
    mkdirSync(spool);
    // as long as it is there something may be collected
    writeFileSync(join(spool, 'study.json'), '');
    const usual = { host: hostname(), command: ['true'], environment: {}, pause: 0, before: null };
    const fleet = new SlurmFleet(shell, {
      spool,
      settings: slurmSettingsSchema.parse(settings),
      command: ['sh', '-c', work],
      environment: { GREETING: `it's "${name}"` },
      ...(collecting && { collecting: { ...usual, ...collecting } }),
    });
    return { fleet, spool, folder: join(spool, 'fleet') };
  };
  /** What is said of the job that collects. */
  const collector = (spool: string): string =>
    (JSON.parse(readFileSync(join(spool, 'collector.json'), 'utf8')) as { words: string }).words;
  /** The jobs of this name that collect and are known, each with its state and what it waits for. */
  const collectJobs = async (name: string): Promise<string[]> =>
    (await rig.run(['squeue', '-h', '--states=PD,R,CG', '-o', '%j %T %E']))
      .split('\n')
      .filter((line) => line.startsWith(`kindling-${name}-`) && line.includes('-collect '));
  /** Asks until it is so, and returns all that were told to have ended meanwhile. */
  const told = async (
    fleet: SlurmFleet,
    isSo: (workers: readonly FleetWorker[], ended: readonly FleetWorker[]) => boolean,
  ): Promise<FleetWorker[]> => {
    const ended: FleetWorker[] = [];
    try {
      await until('workers', async () => {
        const workers = await fleet.workers();
        ended.push(...workers.filter(({ state }) => state === 'ended'));
        return isSo(workers, ended);
      });
    } catch (error) {
      throw new Error(`${String(error)}; told ${JSON.stringify(ended)}\n${rig.logs()}`, { cause: error });
    }
    return ended;
  };

  describe('while the controller answers', { concurrency: true }, () => {
    test('as many as are wanted run at a time, as many again take their place; each end is told once', async () => {
      const { fleet, folder, spool } = open(
        'ends',
        'echo "$GREETING" >&2; until [ -e go ]; do sleep 0.1; done; exit 3',
        {
          cpus: 2,
          time: '2',
        },
        { host: 'no where' },
      );
      await fleet.start(2);
      await told(fleet, (workers) => workers.filter(({ state }) => state === 'running').length === 2);
      const workers = await fleet.workers();
      assert.deepEqual(
        workers.map(({ state }) => state),
        ['running', 'running'],
      );
      writeFileSync(join(folder, 'go'), '');
      const ended = await told(fleet, (left, all) => left.length === 0 && all.length > 0);
      assert.equal(ended.length, 4);
      assert.equal(new Set(ended.map(({ id }) => id)).size, 4);
      for (const { note } of ended) assert.match(note ?? '', /^FAILED: .*: it's "ends"$/);
      // nor is the machine reached that was to collect
      await until('the end of the job that collects', () => collector(spool).includes('could not'));
      assert.match(
        collector(spool),
        /^the job that was to have no where collect them could not: .*ends\.log says why$/,
      );
      assert.match(readFileSync(`${spool}.log`, 'utf8'), /invalid characters/);
      // who opens the spool anew is not told of what is over
      assert.deepEqual(await open('again', '').fleet.workers(), []);
    });

    test('a worker that is told to stop and would go on is queued again, and goes on', async () => {
      const { fleet, folder } = open(
        'requeued',
        'if [ -e begun ]; then echo went on; exit 0; fi; touch begun; trap "exit 75" USR1; while :; do sleep 0.1; done',
      );
      await fleet.start(1);
      await until('its beginning', () => readdirSync(folder).includes('begun'));
      const [{ id } = { id: '' }] = (await fleet.workers()).filter(({ state }) => state === 'running');
      await rig.run(['scancel', '--batch', '--signal=USR1', id]);
      const log = (): string =>
        readdirSync(folder)
          .filter((file) => file.endsWith('.log'))
          .map((file) => readFileSync(join(folder, file), 'utf8'))
          .join('');
      await until('its going on', () => log().includes('went on'));
      const ended = await told(fleet, (workers) => workers.length === 0);
      assert.deepEqual(new Set(ended.map(({ note }) => note)), new Set([null]));
    });

    test('the last of an array, which has its number, is queued again alone', async () => {
      const { fleet, folder } = open(
        'last',
        'touch "begun.$SLURM_ARRAY_TASK_ID.$$"; [ "$SLURM_ARRAY_TASK_ID" = 1 ] || exit 0; [ -e again ] && exit 0; touch again; exit 75',
      );
      await fleet.start(1);
      const ended = await told(fleet, (workers) => workers.length === 0);
      assert.equal(ended.length, 2);
      const begun = readdirSync(folder).flatMap((file) => /^begun\.(\d)/.exec(file)?.[1] ?? []);
      assert.deepEqual(begun.sort(), ['0', '1', '1']);
    });

    test('those that are stopped end by SIGTERM, those that wait are taken back, and none comes again', async () => {
      const { fleet, folder } = open(
        'stopped',
        'trap "touch ended.$$; exit 75" TERM; touch begun.$$; while :; do sleep 0.1; done',
        {},
        {},
      );
      await fleet.start(2);
      const files = (kind: string): number =>
        readdirSync(folder).filter((file) => file.startsWith(`${kind}.`)).length;
      await until('their beginning', () => files('begun') === 2);
      await fleet.stop();
      const ended = await told(fleet, (workers) => workers.length === 0);
      assert.equal(files('ended'), 2);
      assert.equal(files('begun'), 2);
      assert.equal(ended.length, 4);
      assert.deepEqual(await collectJobs('stopped'), []);
    });

    test('more workers than an array may have elements are several arrays, and when all have ended one job collects', async () => {
      const work =
        'until [ -e go ]; do sleep 0.1; done; [ -e again ] || { touch again; exit 75; }; sleep 1; touch ended.$$';
      const command = [
        'sh',
        '-c',
        'ls many/fleet | grep -c ended > many.collected; rm many/study.json; echo took all',
      ];
      const { fleet, folder, spool } = open('many', work, {}, { command });
      await fleet.start(5);
      const [former, ...further] = await collectJobs('many');
      assert.deepEqual(further, []);
      assert.match(
        former ?? '',
        /-collect PENDING afterany:\d+_\*\(unfulfilled\)(,afterany:\d+_\*\(unfulfilled\)){2}$/,
      );
      assert.equal(collector(spool), `a job has ${hostname()} collect them when the others have ended`);
      // of a fourth array, too
      await fleet.start(1);
      await until('the one in its place', async () => (await collectJobs('many')).length === 1);
      const [later] = await collectJobs('many');
      assert.match(later ?? '', /(afterany:\d+_\*\(unfulfilled\),?){4}$/);
      writeFileSync(join(folder, 'go'), '');
      const ended = await told(fleet, (workers) => workers.length === 0);
      const submissions = readdirSync(folder).filter((file) => file.endsWith('.json'));
      assert.equal(submissions.length, 4);
      assert.equal(ended.length, 12);
      const count = join(rig.folder, 'many.collected');
      await until('what is collected', () => existsSync(count) && readFileSync(count, 'utf8') !== '');
      // also the one that was queued again
      assert.equal(readFileSync(count, 'utf8').trim(), '12');
      await until('the end of its log', () => !existsSync(`${spool}.log`));
    });

    test('a job that collects has no workers started where no run has ended since it was submitted', async () => {
      const { fleet, spool } = open('in vain', 'exit 1', {}, { before: 0 });
      await fleet.start(1);
      assert.deepEqual(await fleet.workers(), []);
      assert.equal(collector(spool), 'no job collects any more: those before it ended no run');
    });

    test('a pending element that somebody cancels leaves no record, and is told to have ended', async () => {
      const { fleet } = open('cancelled', 'sleep 60');
      await fleet.start(1);
      await told(fleet, (workers) => workers.some(({ state }) => state === 'running'));
      const [running] = await fleet.workers();
      const waiting = running?.id.replace(/_0$/, '_1') ?? '';
      await rig.run(['scancel', waiting]);
      const [ended] = await told(fleet, (_, all) => all.length > 0);
      assert.equal(ended?.id, waiting);
      assert.match(ended.note ?? '', /no record|CANCELLED/);
      await fleet.stop();
    });

    test('doctor says what is there, what is missing, and by a job what its node sees and has', async () => {
      const folder = join(rig.folder, 'shared folder');
      const examine = async (settings: unknown): Promise<string[]> =>
        (await examineSlurm(shell, slurmSettingsSchema.parse(settings), folder)).map(
          ({ name, state, message }) => `${name}: ${state}: ${message}`,
        );
      const all = await examine({});
      assert.deepEqual(
        all.map((line) => line.split(': ').slice(0, 2).join(': ')),
        ['sbatch: ok', 'Controller: ok', 'Partition: ok', 'Accounting: warning', 'Folder: ok'],
      );
      for (const [settings, message] of [
        [{ partition: 'gpu' }, 'there is no partition gpu'],
        [{ time: '1:00:01' }, 'main allows 1:00:00, not 1:00:01: jobs would wait for ever'],
        [{ cpus: 5 }, 'no node of main has 5 CPUs: they have up to 4'],
        [{ gres: 'gpu:1' }, 'no node of main has gpu: they have (null)'],
      ] as const) {
        assert.equal((await examine(settings))[2], `Partition: missing: ${message}`);
      }
      const probed = await examineNode(shell, {
        ...{
          folder,
          settings: slurmSettingsSchema.parse({}),
          patience: 60_000,
          collector: 'no where',
        },
        command: [process.execPath, KINDLING, 'doctor', '--json'],
        environment: { KINDLING_HOME: kindlingHome() },
      });
      assert.deepEqual(
        probed.map(({ name, state }) => `${name}: ${state}`),
        [`Node ${hostname()}: ok`, 'Engine there: ok', 'Devices there: ok', 'Collecting: missing'],
      );
      const without = await examineNode(shell, {
        ...{ folder, settings: slurmSettingsSchema.parse({}), patience: 60_000, collector: hostname() },
        ...{ command: [process.execPath, '/nowhere/kindling.mjs'], environment: {} },
      });
      assert.match(without[0]?.message ?? '', /^kindling does not run there/);
      assert.equal(without[1]?.state, 'ok');
      assert.deepEqual(readdirSync(folder), []);
    });

    test('what the cluster does not accept is said in its words', async () => {
      const { fleet } = open('refused', 'exit 0', { partition: 'nowhere' });
      await assert.rejects(
        fleet.start(1),
        (error) => error instanceof Problem && /invalid partition specified: nowhere/.test(error.message),
      );
      assert.deepEqual(await fleet.workers(), []);
    });

    test('a job that can never begin says why', async () => {
      const { fleet } = open('never', 'exit 0', { time: '2-0' });
      await fleet.start(1);
      await told(fleet, (workers) =>
        workers.some(({ note }) => note?.includes('longer than that of the partition')),
      );
      await fleet.stop();
    });
  });

  test('jobs that a killed controller lost are told to have ended, and those of others stay', async () => {
    await until('an empty queue', async () => (await rig.run(['squeue', '-h'])) === '');
    const { fleet } = open('lost', 'sleep 60');
    const idOf = async (name: string): Promise<string | undefined> =>
      new RegExp(`^(\\d+) kindling-${name}-`, 'm').exec(await rig.run(['squeue', '-h', '-o', '%F %j']))?.[1];
    let lost: string | undefined;
    await rig.loseToController(async () => {
      await fleet.start(1);
      lost = await idOf('lost');
    });
    // the controller gives its id again, to another job: to its next, or where its former state was older to one of those after
    let other = open('other0', 'sleep 60');
    for (let place = 0; ; place++) {
      await other.fleet.start(1);
      if ((await idOf(`other${place}`)) === lost) break;
      assert(place < 5, `no other job was given the id ${lost ?? ''}`);
      await other.fleet.stop();
      other = open(`other${place + 1}`, 'sleep 60');
    }
    const ended = await told(fleet, (workers) => workers.length === 0);
    assert.deepEqual(
      ended.map((worker) => worker.id),
      [`${lost ?? ''}_0`, `${lost ?? ''}_1`],
    );
    await fleet.stop();
    assert.equal((await other.fleet.workers()).filter(({ state }) => state !== 'ended').length, 1);
    await other.fleet.stop();
  });
});
