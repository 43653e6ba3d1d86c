import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { examineSlurm } from '../../../../src-main/executors/slurm/examine-slurm.ts';
import { SlurmFleet } from '../../../../src-main/executors/slurm/slurm-fleet.ts';
import type { FleetWorker } from '../../../../src-main/executors/spool/worker-fleet.ts';
import { slurmSettingsSchema } from '../../../../src-shared/studies/slurm-settings.ts';
import { rigShell, type SlurmRig, startSlurm, until, whyNoAccounts } from './slurm-rig.ts';

describe('workers as jobs of a real Slurm that keeps accounts', { skip: whyNoAccounts() }, () => {
  let rig: SlurmRig;
  // the controller forgets soon what has ended
  before(async () => (rig = await startSlurm({ accounts: true, settings: ['MinJobAge=2'] })));
  after(() => rig.end());

  const open = (name: string, work: string): SlurmFleet => {
    const spool = join(rig.folder, name);
    mkdirSync(spool);
    const settings = slurmSettingsSchema.parse({});
    const collecting = { host: 'here', command: ['true'], environment: {}, pause: 0, before: null };
    const jobs = { spool, settings, command: ['sh', '-c', work], environment: {}, collecting };
    return new SlurmFleet(rigShell(rig), jobs);
  };
  /** Asks until nobody is left, and returns all that were told to have ended. */
  const allEnds = async (fleet: SlurmFleet): Promise<FleetWorker[]> => {
    const ended: FleetWorker[] = [];
    await until('the end of all workers', async () => {
      const workers = await fleet.workers();
      ended.push(...workers);
      return workers.length === 0;
    });
    return ended.filter(({ state }) => state === 'ended');
  };
  const limitJobs = async (count: number): Promise<void> => {
    const limit = `maxsubmitjobs=${count}`;
    await rig.run(['sacctmgr', '-i', 'modify', 'user', 'root', 'set', limit]);
    await until('the limit', async () =>
      (await rig.run(['scontrol', 'show', 'assoc_mgr', 'flags=assoc', 'users=root'])).includes(
        `MaxSubmitJobs=${count}(`,
      ),
    );
  };

  test('how a job ended is known from accounting when the controller has forgotten it', async () => {
    const checks = await examineSlurm(rigShell(rig), slurmSettingsSchema.parse({}), rig.folder);
    assert.equal(checks.find(({ name }) => name === 'Accounting')?.state, 'ok');
    const fleet = open('forgotten', 'exit 3');
    await fleet.start(1);
    const known = (): Promise<string> => rig.run(['squeue', '-h', '--states=all']);
    await until('its end', async () => (await known()) === '');
    const ended = await allEnds(fleet);
    assert.deepEqual(
      ended.map(({ note }) => note),
      ['FAILED: exit status 3', 'FAILED: exit status 3'],
    );
  });

  test('a job that the controller lost has ended, though accounting takes it for alive', async () => {
    const fleet = open('lost', 'sleep 60');
    await rig.loseToController(async () => {
      await fleet.start(1);
      const accounted = (): Promise<string> =>
        rig.run(['sacct', '-n', '-X', '-P', '-o', 'State', '-s', 'PD,R']);
      await until('its record', async () => (await accounted()) !== '');
    });
    assert.equal((await allEnds(fleet)).length, 2);
  });

  test('where the cluster accepts fewer jobs there are fewer, and at last one alone; what collects takes the place of a spare one', async () => {
    const jobs = async (): Promise<number> =>
      (await rig.run(['squeue', '-h', '-r', '-o', '%i'])).split('\n').filter(Boolean).length;
    for (const [limit, workers, collected] of [
      [3, 2, /^a job has here collect them/],
      [1, 1, /^no job collects them, as the cluster does not accept it: .*limit/],
    ] as const) {
      await limitJobs(limit);
      const fleet = open(`at most ${limit}`, 'sleep 60');
      await fleet.start(4);
      const told = (await fleet.workers()).filter(({ state }) => state !== 'ended');
      assert.deepEqual([told.length, await jobs()], [workers, limit]);
      const collector = join(rig.folder, `at most ${limit}`, 'collector.json');
      assert.match((JSON.parse(readFileSync(collector, 'utf8')) as { words: string }).words, collected);
      await fleet.stop();
      await until('an empty queue', async () => (await jobs()) === 0);
    }
  });
});
