import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createApplication } from '../../../src-main/api/application.ts';
import { storeFile } from '../../../src-main/home.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { scriptedApplication, scriptedEnvironment } from './scripted-application.ts';

test('a study is saved, run and told of, with events that have no gap', async (context) => {
  const here = scriptedApplication(context);
  const { application, events } = here;
  const { sequence, host } = application.hello();
  assert.equal(sequence, 0);
  assert.match(host, /^[0-9a-f-]{36}$/);
  const saved = await application.request('studies.save', { text: STUDY, launch: true });
  assert.deepEqual([saved.name, saved.wanted, saved.complete], ['sample', 4, 0]);
  const ended = await here.event(({ type }) => type === 'study ended');
  assert(ended.type === 'study ended' && ended.outcome);
  assert.deepEqual([ended.study, ended.well, ended.failure], ['sample', true, null]);
  assert.equal(ended.message, 'sample is done: 4 of 4 runs complete');
  assert.deepEqual([ended.outcome.done, ended.outcome.total, ended.outcome.stopped], [4, 4, false]);
  const course = events.flatMap(({ event }) => (event.type === 'execution' ? [event.event.type] : []));
  assert.deepEqual([course[0], course.at(-1)], ['study started', 'study finished']);
  const idle = await here.event(
    (each) => each.type === 'study' && each.study.complete === 4 && each.study.activity === 'idle',
  );
  const [listing] = await application.request('studies.list', {});
  assert.deepEqual(idle, { type: 'study', study: listing });
  assert.deepEqual([listing?.factors, listing?.problem, listing?.place], [['network.sr'], null, null]);
  assert.deepEqual(
    events.map((numbered) => numbered.sequence),
    events.map((_, index) => index + 1),
  );

  // what was told, one event after the other, is what is there
  const whole = await application.request('runs.table', {});
  assert.equal(await application.request('runs.table', {}), whole, 'the same object while nothing changes');
  const { classes, ...table } = whole;
  const told = events.flatMap(({ event }) => (event.type === 'runs' ? [event] : []));
  const runs = new Map(told.flatMap((event) => event.runs).map((run) => [run.id, run]));
  const asked = events.flatMap(({ event }) => (event.type === 'cells' ? [event] : []));
  const cells = new Map(asked.flatMap((event) => event.cells).map((cell) => [cell.id, cell]));
  assert.deepEqual({ runs: [...runs.values()], cells: [...cells.values()] }, table);
  assert.deepEqual(
    classes.map(({ dataset, names }) => [dataset, names.length]),
    [['shapes', 3]],
  );
  const points = events.flatMap(({ event: each }) => (each.type === 'points' ? [each] : []));
  assert.equal(points.flatMap(({ steps }) => steps).length, 4 * 20);
  assert.equal(application.hello().sequence, events.length);
});

test('histograms are told of as they are stored, and answered whole or without bins', async (context) => {
  const { application, event, events } = scriptedApplication(context);
  const text = `${STUDY.replace('seeds: 2', 'seeds: 1')}record: { histograms: 3 }\n`;
  await application.request('studies.save', { text, launch: true });
  await event(({ type }) => type === 'study ended');
  const told = events.flatMap(({ event: each }) => (each.type === 'points' ? [each] : []));
  const { runs } = await application.request('runs.table', {});
  const ids = runs.map(({ id }) => id);
  assert.equal(ids.length, 2);
  // the steps of the scripted trainer's twenty
  const steps = [1, 11, 20];
  for (const id of ids)
    assert.deepEqual(
      told.filter(({ run }) => run === id).flatMap(({ histograms }) => histograms),
      steps,
    );
  const ask = (layer: string | null) =>
    application.request('runs.histograms', { runs: [...ids, 'none'], of: 'gradients', layer, most: 2 });
  const whole = await ask('conv1');
  assert.equal(whole.recorded, 2);
  assert.deepEqual(
    whole.runs,
    ids.map((run) => ({
      run,
      steps: steps.map((step) => ({
        step,
        layers: histogramsOf(step).layers.filter(({ of }) => of === 'gradients'),
      })),
    })),
  );
  const [first] = (await ask(null)).runs;
  assert.deepEqual(first?.steps[2]?.layers, [{ ...histogramsOf(20).layers[1], bins: [], counts: [] }]);
  const [[none]] = [(await ask('conv2')).runs.map((each) => each.steps[0]?.layers)];
  assert.deepEqual(none, []);
});

test('closing stops what trains; the store then says so, and nothing is answered any more', async (context) => {
  const { application, home, event, script } = scriptedApplication(context);
  const hold = join(home, 'hold');
  writeFileSync(hold, '');
  script({ hold });
  await application.request('studies.save', { text: STUDY, launch: true });
  await event((each) => each.type === 'study' && each.study.runs.running === 2);
  await application.close();
  await assert.rejects(application.request('studies.list', {}), { code: 'usage', message: /is closing/ });
  const store = openStore(storeFile(home), { purpose: 'read' });
  const { running, interrupted, waiting } = store.study('sample').runs;
  store.close();
  assert.deepEqual([running, interrupted, waiting], [0, 2, 2]);
});

test('an application has its store for itself, and says so', (context) => {
  const { home } = scriptedApplication(context);
  assert.throws(() => createApplication({ home, environment: scriptedEnvironment() }), {
    code: 'store-busy',
  });
});

test('a bug is answered as one, without its details, which are told to the host', async (context) => {
  const { home } = scriptedApplication(context);
  const bugs: unknown[] = [];
  const application = createApplication({
    home,
    storeFile: join(home, 'other.sqlite'),
    environment: { ...scriptedEnvironment(), checkStudy: () => assert.fail('a secret') },
    onBug: (error) => bugs.push(error),
  });
  const answer = await application.answer('studies.save', { text: STUDY, launch: false });
  await application.close();
  assert(!answer.ok && answer.code === 'bug' && !answer.message.includes('secret'));
  assert.match(answer.message, /^studies\.save failed because of a bug in Kindling/);
  assert.equal(bugs.length, 1);
});

test('what is wrong with a study and with parameters travels by path, value and line', async (context) => {
  const { application } = scriptedApplication(context);
  const text = STUDY.replace('sr: [0.25, 0.5]', 'sr: [0.25, 5]');
  const study = await application.answer('studies.save', { text, launch: false });
  assert(!study.ok && study.code === 'study-invalid');
  assert.match(
    study.message,
    /^The study is not a valid study:\n {2}line 4: vary\.network\.sr\[1\]: 5 is not accepted/,
  );
  assert.deepEqual(
    study.mistakes.map(({ path, value }) => ({ path, value })),
    [{ path: ['vary', 'network.sr', 1], value: 5 }],
  );
  const query = { filter: '', sort: [{ column: 1, descending: false }], offset: 0, limit: 10 };
  const parameters = await application.answer('runs.query', query);
  assert(!parameters.ok && parameters.code === 'usage');
  assert.deepEqual(
    parameters.mistakes.map(({ path, value }) => ({ path, value })),
    [{ path: ['sort', 0, 'column'], value: 1 }],
  );
});
