import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createApplication } from '../../../src-main/api/application.ts';
import { storeFile } from '../../../src-main/home.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { requestNames } from '../../../src-shared/contract/api/index.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { studyInput, temporaryFolder } from '../store/sample-study.ts';
import { eventLog } from './event-log.ts';
import { scriptedEnvironment } from './scripted-application.ts';

test('a store that is only read is shown beside one who schedules on it, followed, and not changed', async (context) => {
  const home = temporaryFolder(context);
  const writer = openStore(storeFile(home), { purpose: 'schedule' });
  context.after(() => writer.close());
  writer.saveStudy(studyInput());
  const bugs: unknown[] = [];
  const application = createApplication({
    home,
    readOnly: true,
    environment: scriptedEnvironment(),
    onBug: (error) => bugs.push(error),
  });
  context.after(() => application.close());
  const log = eventLog();
  application.subscribe(log.add);
  assert.equal((await application.request('application.state', {})).readOnly, true);
  assert.equal((await application.request('studies.list', {})).length, 1);

  const before = readFileSync(storeFile(home));
  const refused = { code: 'usage', message: /open read-only/ };
  await assert.rejects(application.request('studies.save', { text: STUDY, launch: true }), refused);
  await assert.rejects(application.request('studies.trash', { study: 'sample' }), refused);
  // whatever is asked for, and whether it was thought of or not
  for (const name of requestNames) await application.answer(name, {});
  assert(readFileSync(storeFile(home)).equals(before));

  writer.saveStudy(studyInput(STUDY.replace('sample', 'later')));
  await log.event(({ type }) => type === 'reload');
  assert.equal((await application.request('studies.list', {})).length, 2);
  assert.deepEqual(bugs, []);
});
