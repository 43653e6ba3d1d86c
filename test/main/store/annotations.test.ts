import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { addRuns, RESULT, startedRun, studyInput, temporaryFolder } from './sample-study.ts';

function sampleStore(context: TestContext): Store {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  return store;
}

test('notes and tags lie beside finished runs, all or nothing', (context) => {
  const store = sampleStore(context);
  const done = startedRun(store, 0);
  store.completeRun(done, RESULT);
  const [waiting = ''] = addRuns(store, [1]);
  const record = store.run(done);

  const rows = store.annotate([done, waiting], { note: 'look here', addTags: ['paper', 'a'] });
  assert.deepEqual(
    rows.map(({ id, note, tags }) => ({ id, note, tags })),
    [done, waiting].map((id) => ({ id, note: 'look here', tags: ['a', 'paper'] })),
  );
  const [row] = store.annotate([done], { addTags: ['a', 'b'], removeTags: ['paper', 'unknown'] });
  assert.deepEqual([row?.note, row?.tags], ['look here', ['a', 'b']]);
  assert.equal(store.annotate([done], { note: '' })[0]?.note, '');
  assert.throws(() => store.annotate([waiting, 'unknown'], { note: 'lost' }), { code: 'not-found' });
  assert.deepEqual(
    store.runTable().runs.map(({ note, tags }) => [note, tags]),
    [
      ['', ['a', 'b']],
      ['look here', ['a', 'paper']],
    ],
  );
  assert.deepEqual(store.run(done), record);
});

test('the note of a study is saved over the text that it was made from, and no other', (context) => {
  const store = sampleStore(context);
  assert.equal(store.study('sample').note, null);
  const first = store.annotateStudy('sample', '# One\r\ntwo', '');
  assert.deepEqual([first.isSaved, first.note?.text], [true, '# One\ntwo']);
  assert.deepEqual(store.studies()[0]?.note, first.note);
  // another window began from the empty note
  assert.deepEqual(store.annotateStudy('sample', 'mine', ''), { isSaved: false, note: first.note });
  // the answer was lost, and the text is sent again
  assert.deepEqual(store.annotateStudy('sample', '# One\ntwo', ''), first);
  assert.equal(store.annotateStudy('sample', 'mine', '# One\ntwo').note?.text, 'mine');
  assert.deepEqual(store.annotateStudy('sample', ' \n', null), { isSaved: true, note: null });
  assert.throws(() => store.annotateStudy('unknown', 'lost', null), { code: 'not-found' });

  store.annotateStudy('sample', 'kept in the trash', null);
  store.tagStudy('sample', { addTags: ['paper', 'a', 'paper'] });
  store.tagStudy('sample', { removeTags: ['a', 'never there'] });
  assert.throws(() => store.tagStudy('unknown', { addTags: ['a'] }), { code: 'not-found' });
  store.trashStudy('sample');
  assert.throws(() => store.annotateStudy('sample', 'lost', null), { code: 'not-found' });
  store.restoreStudy('sample');
  assert.deepEqual(
    [store.study('sample').note?.text, store.study('sample').tags],
    ['kept in the trash', ['paper']],
  );
  store.trashStudy('sample');
  store.deleteTrashed(null);
  store.saveStudy(studyInput());
  assert.equal(store.study('sample').note, null);
});

test('views are kept under their names', (context) => {
  const store = sampleStore(context);
  const query = { filter: 'testAccuracy > 0.6', columns: ['seed'], width: 0.1 };
  const saved = store.saveView('best', query);
  store.saveView('Again', null);
  assert.deepEqual(store.views()[1], saved);
  assert.deepEqual(saved.query, query);
  store.saveView('best', { filter: '' });
  assert.deepEqual(
    store.views().map((view) => [view.name, view.query]),
    [
      ['Again', null],
      ['best', { filter: '' }],
    ],
  );
  store.removeView('best');
  assert.throws(() => store.removeView('best'), { code: 'not-found' });
  assert.equal(store.views().length, 1);
});

test('figures keep their specification and runs under an id', (context) => {
  const store = sampleStore(context);
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'study', study: 'sample' },
    chart: { kind: 'heat map', x: 'network.sr', y: 'network.pct3x3' },
  });
  const first = store.saveFigure({ name: 'Figure 1', specification, runs: ['a', 'b'] });
  const second = store.saveFigure({ name: 'Figure 1', specification, runs: [] });
  assert.notEqual(first.id, second.id);
  assert.deepEqual(first.specification, specification);
  const changed = store.saveFigure({ id: first.id, name: 'Figure 2', specification, runs: ['c'] });
  assert.deepEqual(
    [changed.id, changed.name, changed.runs, changed.createdAt],
    [first.id, 'Figure 2', ['c'], first.createdAt],
  );
  assert.deepEqual(store.figure(first.id), changed);
  assert.equal(store.figures().length, 2);
  store.removeFigure(second.id);
  assert.throws(() => store.figure(second.id), { code: 'not-found' });
  assert.throws(() => store.removeFigure(second.id), { code: 'not-found' });
  assert.throws(() => store.saveFigure({ ...second, name: 'x' }), { code: 'not-found' });
});
