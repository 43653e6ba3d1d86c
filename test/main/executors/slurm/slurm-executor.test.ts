import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { collectScript } from '../../../../src-main/executors/slurm/collect-script.ts';
import { slurm } from '../../../../src-main/executors/slurm/index.ts';
import { spoolOf, spoolsFolder } from '../../../../src-main/executors/spool/find-spool.ts';
import { enginesFolder, kindlingHome } from '../../../../src-main/home.ts';
import { kindlingVersion } from '../../../../src-main/kindling-version.ts';
import { makeSpool } from '../../../../src-main/spool/spool-study.ts';
import { temporaryFolder } from '../../store/sample-study.ts';
import { executorSuite } from '../executor-suite.ts';
import { type SshRig, startSshd, whyNoSsh } from '../ssh/ssh-rig.ts';
import { studyOverSsh } from '../ssh/study-over-ssh.ts';
import { writeNoise } from '../write-noise.ts';
import { type SlurmRig, startSlurm, whyNoSlurm } from './slurm-rig.ts';

const noSlurm = whyNoSlurm();
const noSsh = whyNoSsh();
const study = { name: 'suite', store: 'none' };

/** A cluster of its own, with a home there, in which a spool is made for the suite. */
async function startCluster(): Promise<{ rig: SlurmRig; home: string }> {
  const rig = await startSlurm();
  const home = join(rig.folder, 'home there');
  mkdirSync(home);
  symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
  writeNoise(join(home, 'data'));
  await makeSpool(spoolOf(spoolsFolder(home), study), {
    ...{ study: study.name, store: study.store, executor: 'slurm', kindlingVersion: kindlingVersion() },
    // as on a cluster, but sooner
    ...{ settings: {}, rhythm: { beatSeconds: 1, expirySeconds: 20 } },
  });
  return { rig, home };
}

if (noSlurm !== false) test('executor slurm', { skip: noSlurm }, () => undefined);
else if (noSsh !== false) {
  let rig: SlurmRig | null = null;
  after(() => rig?.end());
  executorSuite('slurm', async () => {
    const cluster = await startCluster();
    ({ rig } = cluster);
    Object.assign(process.env, rig.environment);
    return slurm.open({ home: cluster.home, study });
  });
  test('executor slurm over ssh', { skip: noSsh }, () => undefined);
} else {
  // what is done there is what is done without ssh
  let cluster: Awaited<ReturnType<typeof startCluster>> | null = null;
  let ssh: SshRig | null = null;
  after(async () => {
    await ssh?.end();
    await cluster?.rig.end();
  });
  executorSuite('slurm over ssh', async () => {
    cluster = await startCluster();
    const { rig, home } = cluster;
    ssh = await startSshd({ ...rig.environment, KINDLING_HOME: home });
    process.env['PATH'] = ssh.path;
    const settings = { host: ssh.host, hostProgram: ssh.program };
    return slurm.open({ home: join(rig.folder, 'home here'), study, settings });
  });
  test('a job that collects does so on its host by ssh, from whichever node it runs on', async (context) => {
    assert(ssh);
    const folder = temporaryFolder(context);
    const [spoolFile, log, collected = ''] = ['study.json', 'log', "what it's been"].map((name) =>
      join(folder, name),
    );
    writeFileSync(spoolFile ?? '', '');
    const script = collectScript({
      ...{ host: ssh.host, spoolFile: spoolFile ?? '', note: '', failed: '', log: log ?? '', pause: 0 },
      command: ['sh', '-c', 'echo "$FOUND" > "$0"', collected],
      environment: { FOUND: 'it was "there"' },
    });
    await promisify(execFile)('sh', ['-c', script]);
    assert.equal(readFileSync(collected, 'utf8'), 'it was "there"\n');
  });
  test('a study over ssh whose connection is lost, paused, left and collected, has the bits of this machine', async (context) => {
    assert(ssh && cluster);
    await studyOverSsh(temporaryFolder(context), ssh, cluster.home);
  });
}
