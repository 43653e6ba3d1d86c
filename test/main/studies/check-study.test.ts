import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createApplication } from '../../../src-main/api/application.ts';
import { describeDataset } from '../../../src-main/datasets/describe-dataset.ts';
import { checkStudy, checkStudyAside } from '../../../src-main/studies/check-study.ts';

const HEAD = 'study: a\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\n';
const shares = (count: number) =>
  Array.from({ length: count }, (_, index) => (index + 1) / (count + 1)).join(', ');

test('a thread takes the work of a large study from the caller, and says the same', async () => {
  const task = {
    text: `${HEAD}vary: { network.sr: [${shares(30)}], network.pct3x3: [${shares(30)}] }\n`,
    fileName: 'a.yaml',
    dataRoot: '/nowhere',
  };
  let turns = 0;
  const turning = setInterval(() => (turns += 1));
  const study = await checkStudyAside(task);
  clearInterval(turning);
  // while it is checked the caller does other things: of work of its own it would see the end before its next turn
  assert(turns > 5, `${turns} turns`);
  const again = checkStudy(task.text, task.fileName, (name) => describeDataset(name, task.dataRoot));
  assert.deepEqual(study, again);
});

test('what is found wrong has its line, in a thread and without one', async () => {
  for (const values of ['0.5', shares(200)]) {
    const text = `${HEAD}vary: { network.sr: [${values}] }\ntraining: { batch: 9000 }\n`;
    await assert.rejects(checkStudyAside({ text, fileName: 'a.yaml', dataRoot: '/nowhere' }), {
      code: 'study-invalid',
      message:
        /^a\.yaml is not a valid study:\n {2}line 5: training\.batch: 9000 is more than the \d+ training images/,
    });
  }
});

test('every file that ended as a bug is a mistake over the API', async (context) => {
  const home = mkdtempSync(path.join(tmpdir(), 'kindling-files-'));
  const bugs: unknown[] = [];
  const application = createApplication({ home, onBug: (error) => bugs.push(error) });
  context.after(async () => {
    await application.close();
    rmSync(home, { recursive: true });
  });
  const files = [
    'vary: { network.sr: *nope }',
    'vary: &v { network.sr: [*v] }',
    'training: &t { epochs: *t }',
  ];
  for (const line of files) {
    const answer = await application.answer('studies.save', { text: `${HEAD}${line}\n`, launch: false });
    assert(!answer.ok && answer.code === 'study-invalid', line);
    assert.match(answer.message, /^The study is not a valid study:\n {2}line 4: /);
  }
  const factors = ['weightDecay', 'momentum', 'labelSmoothing', 'gamma', 'learningRate', 'riseShare'];
  const huge = factors.map((factor) => `training.${factor}: [${shares(400)}]`).join(', ');
  const text = `${HEAD}vary: { ${huge} }\nsample: { cells: 5 }\n`;
  const answer = await application.answer('studies.save', { text, launch: false });
  assert(answer.ok, JSON.stringify(answer));
  assert.deepEqual(bugs, []);
});
