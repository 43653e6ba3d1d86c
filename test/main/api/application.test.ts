import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STUDY } from '../scheduler/sample-execution.ts';
import { scriptedApplication } from './scripted-application.ts';

test('a study is saved, run and told of, with events that have no gap', async (context) => {
  const here = scriptedApplication(context);
  const { application, events } = here;
  const { sequence, host } = application.hello();
  assert.equal(sequence, 0);
  assert.match(host, /^[0-9a-f-]{36}$/);
  const saved = await application.request('studies.save', { text: STUDY, launch: true });
  assert.deepEqual([saved.name, saved.wanted, saved.complete], ['sample', 4, 0]);
  const ended = await here.event(({ type }) => type === 'study ended');
  assert.deepEqual(ended, {
    ...{ type: 'study ended', study: 'sample', well: true },
    message: 'sample is done: 4 of 4 runs complete',
  });
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
  const table = await application.request('runs.table', {});
  await here.event((each) => each.type === 'runs' && each.runs.some(({ state }) => state === 'complete'));
  const told = events.flatMap(({ event: each }) => (each.type === 'runs' ? each.runs : []));
  const last = new Map(told.map((run) => [run.id, run]));
  assert.equal(table.runs.length, 4);
  assert.deepEqual([...last.keys()].sort(), table.runs.map(({ id }) => id).sort());
  const points = events.flatMap(({ event: each }) => (each.type === 'points' ? [each] : []));
  assert.equal(points.flatMap(({ steps }) => steps).length, 4 * 20);
  assert.equal(application.hello().sequence, events.length);
});
