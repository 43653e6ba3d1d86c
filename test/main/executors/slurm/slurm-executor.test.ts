import { after, test } from 'node:test';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { slurm } from '../../../../src-main/executors/slurm/index.ts';
import { spoolOf, spoolsFolder } from '../../../../src-main/executors/spool/find-spool.ts';
import { makeSpool } from '../../../../src-main/spool/spool-study.ts';
import { kindlingVersion } from '../../../../src-main/kindling-version.ts';
import { enginesFolder, kindlingHome } from '../../../../src-main/home.ts';
import { executorSuite } from '../executor-suite.ts';
import { type SlurmRig, startSlurm, whyNoSlurm } from './slurm-rig.ts';

const reason = whyNoSlurm();
if (reason === false) {
  let rig: SlurmRig | null = null;
  after(() => rig?.end());
  executorSuite('slurm', async () => {
    rig = await startSlurm();
    Object.assign(process.env, rig.environment);
    const home = join(rig.folder, 'home');
    mkdirSync(home);
    symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
    const study = { name: 'suite', store: 'none' };
    await makeSpool(spoolOf(spoolsFolder(home), study), {
      ...{ study: study.name, store: study.store, executor: 'slurm', kindlingVersion: kindlingVersion() },
      // as on a cluster, but sooner
      ...{ settings: {}, rhythm: { beatSeconds: 1, expirySeconds: 20 } },
    });
    return slurm.open({ home, study });
  });
} else test('executor slurm', { skip: reason }, () => undefined);
