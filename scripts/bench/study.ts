/**
 * `npm run bench -- study [--json] [--study NAME] [--seeds N]`
 *
 * Where the time of a whole study goes: the application with real trainers runs the demo's study (`--seeds 1` for a third of
 * it) and short studies of a narrow network and of SqueezeNet 1.1 on CIFAR-10, and every second of every trainer is
 * accounted for. What is neither step nor evaluation is to stay below 5 %.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { ensureDataset } from '../../src-main/datasets/ensure-dataset.ts';
import { dataFolder, kindlingHome } from '../../src-main/home.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { percent } from '../../src-shared/numbers.ts';
import { account, type Account } from './study/account.ts';
import { STUDY_NAMES, studyText, type StudyName } from './study/studies.ts';
import { watchStudy, type WatchedStudy } from './study/watch-study.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    study: { type: 'string', multiple: true, default: [...STUDY_NAMES] },
    seeds: { type: 'string', default: '3' },
  },
});

for (const name of values.study) {
  const known = STUDY_NAMES.find((each) => each === name);
  if (known === undefined) throw new Error(`no study ${name}; there are ${STUDY_NAMES.join(', ')}`);
  await measure(known);
}

async function measure(name: StudyName): Promise<void> {
  const [home, folder] = [kindlingHome(), fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'))];
  try {
    ensureDataset(name === 'demo' ? 'shapes' : 'cifar10', dataFolder(home));
    for (const shared of ['engines', 'data'])
      fs.symlinkSync(fs.realpathSync(path.join(home, shared)), path.join(folder, shared));
    const watched = await watchStudy(folder, studyText(name, Number(values.seeds)));
    report(name, watched, account(watched));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(`${name} is left out: ${error.message}`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(name: StudyName, watched: WatchedStudy, accounted: Account): void {
  if (values.json) {
    console.log(JSON.stringify({ name, cores: os.availableParallelism(), ...watched, account: accounted }));
    return;
  }
  const { seconds, parts, besideShare, preparationSeconds } = accounted;
  const table = new Table({
    head: [name, 's', '%'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const part of parts)
    table.push([part.name, part.seconds.toFixed(2), percent(part.seconds / seconds, 2)]);
  table.push(['all', seconds.toFixed(2), percent(1, 2)]);
  table.push(['neither step nor evaluation', (besideShare * seconds).toFixed(2), percent(besideShare, 2)]);
  console.log(table.toString());
  console.log(
    `${watched.runs.length} runs in ${watched.seconds.toFixed(1)} s, ${watched.jobs} trainers of ${watched.threads} threads; ` +
      `batches were prepared in ${preparationSeconds.toFixed(1)} s of CPU time (${percent(preparationSeconds / seconds)})`,
  );
}
