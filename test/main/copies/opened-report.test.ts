import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPredictor } from '../../../src-main/analysis/prediction/find-predictor.ts';
import { specifySubject } from '../../../src-main/analysis/specify-subject.ts';
import { removeRunFolders } from '../../../src-main/artifacts/run-folders.ts';
import { findShorter } from '../../../src-main/artifacts/shorter-runs.ts';
import { packCopy } from '../../../src-main/copies/pack-copy.ts';
import { readCopy } from '../../../src-main/copies/read-copy.ts';
import { prepareStudy } from '../../../src-main/scheduler/prepare-study.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { renameStudy } from '../../../src-shared/studies/rename-study.ts';
import { costedCells, requireTrained } from '../../../src-shared/studies/imported-study.ts';
import { addSeeds, writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import type { StudyCopy } from '../../../src-shared/studies/study-copy.ts';
import { kindling } from '../cli/command-line.ts';
import { importedStudy } from '../reports/report-store.ts';
import { importWhole, openWhole } from '../store/import-whole.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { fillWhole, REPORTED, writeReport } from './study-report.ts';

const STUDY = 'two-by-two';
const MOST = 1e9;
const OPENED = { openedAt: '2026-02-03T00:00:00.000Z' };

async function reported(t: Parameters<typeof temporaryFolder>[0]) {
  const folder = temporaryFolder(t);
  const file = join(folder, 'kindling.sqlite');
  fillWhole(file);
  return { folder, file, report: await writeReport(file, folder) };
}

/** An empty store. */
function emptyStore(t: Parameters<typeof temporaryFolder>[0]): Store {
  const store = openStore(join(temporaryFolder(t), 'kindling.sqlite'), { purpose: 'schedule' });
  t.after(() => store.close());
  return store;
}

test('a study that is opened from its report has the same numbers in every command, and the same report', async (t) => {
  const { folder, file, report } = await reported(t);
  const other = join(temporaryFolder(t), 'kindling.sqlite');
  const json = (store: string, ...words: string[]): unknown => {
    const { status, stdout, stderr } = kindling([...words, '--json', '--store', store]);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };
  const opened = json(other, 'study', 'open', report) as { from: { hash: string } };
  assert.match(
    kindling(['study', 'open', report, '--store', other]).stdout,
    /opened before, as the study two-by-two; nothing was opened/,
  );
  assert.match(
    kindling(['study', 'show', STUDY, '--store', other]).stdout,
    new RegExp(
      `Opened on .* from the report told\\.html, which .* wrote on 2026-01-02 \\(SHA-256 .*${opened.from.hash}`,
    ),
  );
  for (const words of [
    ['study', 'show', STUDY],
    ['study', 'effects', STUDY],
  ])
    assert.deepEqual(json(other, ...words), json(file, ...words));
  // the report has every figure with its numbers
  const again = readFileSync(await writeReport(other, folder, 'told'), 'utf8');
  const plain = (page: string): string =>
    page.replaceAll(/<dt>(Opened from|Command of the report)<\/dt><dd>.*?<\/dd>/g, '');
  // what waited has not come along
  const ended = (page: string): string => plain(page).replaceAll(/1 run that had not ended[^<]*/g, '');
  const [section] = /What failed or is missing<\/h2>[\s\S]*?<\/section>/.exec(again) ?? [];
  assert.ok(section);
  const parts = (page: string): string[] =>
    ended(page)
      .split('<section')
      .filter((part) => !/What failed or is missing|Open in Kindling|<h2[^>]*>(Design|Answer)/.test(part));
  assert.deepEqual(parts(again), parts(readFileSync(report, 'utf8')));
});

test('a longer run goes on from no run that was opened from a report, and says why', async (t) => {
  const { report } = await reported(t);
  const store = emptyStore(t);
  const { copy, from } = readCopy(report);
  openWhole(store, copy, { ...from, ...OPENED });
  const definition = requireTrained(store.study(STUDY).definition);
  const cells = new Map(costedCells(store.cells(STUDY)).map((cell) => [cell.id, cell]));
  // its file names other cells no more
  const run = store.runs({ study: STUDY, states: ['complete'] }).find((each) => cells.has(each.cell));
  const cell = cells.get(run?.cell ?? '');
  assert.ok(run && cell);
  const longer = { definition, dataHash: 'any', computedBy: {}, how: 'exact' as const };
  const found = (epochs: number) =>
    findShorter(store, longer)({ ...cell, recipe: { ...cell.recipe, epochs } }, run.seed);
  assert.equal(found(cell.recipe.epochs), null, 'none is shorter');
  const why = 'it was opened from the report told.html, which has no checkpoints';
  assert.deepEqual(found(cell.recipe.epochs + 1), { run: run.id, why });
});

test('nothing of a study is lost or changed on its way through a report, to the bit', async (t) => {
  const { file, report } = await reported(t);
  const source = openStore(file, { purpose: 'read' });
  t.after(() => source.close());
  const store = emptyStore(t);
  const { copy, from } = readCopy(report);
  openWhole(store, copy, { ...from, ...OPENED });
  assert.deepEqual(store.studyCopy(STUDY, MOST), source.studyCopy(STUDY, MOST));
  assert.equal((await packCopy(store.studyCopy(STUDY, MOST), REPORTED))?.sha256, from.hash);
  const runs = source.runs({ study: STUDY }).filter(({ state }) => state !== 'waiting');
  assert.equal(runs.length, 10);
  assert.equal(runs.flatMap(({ id }) => source.histograms(id)).length, 4);
  for (const { id } of runs) {
    const { openedFrom, artifacts, ...run } = store.run(id);
    assert.deepEqual([openedFrom, artifacts], ['told.html', null]);
    assert.deepEqual({ ...run, openedFrom: null, artifacts: source.run(id).artifacts }, source.run(id));
    assert.deepEqual(store.series(id), source.series(id));
    assert.deepEqual(store.histograms(id), source.histograms(id));
    assert.deepEqual(store.provenance(id), source.provenance(id));
    assert.deepEqual(store.confusion(id), source.confusion(id));
    assert.deepEqual(store.artifacts(id), source.artifacts(id));
  }
  const ids = runs.map(({ id }) => id);
  assert.deepEqual(store.analyses(ids), source.analyses(ids));
  assert.equal(store.study(STUDY).artifactBytes, 0);
  // runs that were imported stay so
  const sweep = importedStudy('widths', [
    [1, 1.1],
    [2, null],
  ]);
  // one that did not finish comes after one that did, with its cell and seed
  const imported = {
    ...sweep,
    runs: sweep.runs.map((run) => (run.state === 'failed' ? { ...run, seed: 0 } : run)),
  };
  const filled = emptyStore(t);
  importWhole(filled, imported);
  const through = emptyStore(t);
  openWhole(through, filled.studyCopy('widths', MOST), { ...from, ...OPENED });
  assert.deepEqual(through.studyCopy('widths', MOST), filled.studyCopy('widths', MOST));
  assert.deepEqual(through.findImport(imported.definition.imported.hash), {
    study: 'widths',
    isTrashed: false,
  });
});

test('a study is opened once, whole or not at all, beside none of the same name or with the same runs', async (t) => {
  const { file, report } = await reported(t);
  const { copy, from } = readCopy(report);
  const opened = { ...from, ...OPENED };
  const own = openStore(file, { purpose: 'schedule' });
  t.after(() => own.close());
  const ids = copy.runs.map(({ id }) => id);
  assert.throws(() => own.refuseCopy('another', ids), {
    code: 'usage',
    message: /Runs of this report are in the store already: of the study "two-by-two"\. To open/,
  });
  own.trashStudy(STUDY);
  assert.throws(() => own.refuseCopy('another', ids), {
    code: 'usage',
    message: /It is in the trash: restore it/,
  });

  const store = emptyStore(t);
  const twice: StudyCopy = { ...copy, runs: [...copy.runs, ...copy.runs.slice(-1)] };
  assert.throws(() => openWhole(store, twice, opened));
  while (store.dropSomeStaged());
  assert.deepEqual([store.studies(), store.runs(), store.removals()], [[], [], []]);
  openWhole(store, { ...copy, study: renameStudy(copy.study, 'of-a-friend') }, opened);
  assert.deepEqual(store.findOpened(from.hash), { study: 'of-a-friend', isTrashed: false });
  assert.equal(store.study('of-a-friend').text, copy.study.text.replace(STUDY, 'of-a-friend'));
  assert.throws(() => store.refuseCopy(STUDY, ids), {
    message: /of the study "of-a-friend", opened from told\.html/,
  });
  store.trashStudy('of-a-friend');
  assert.deepEqual(store.findOpened(from.hash), { study: 'of-a-friend', isTrashed: true });
  store.deleteTrashed(null);
  assert.deepEqual(
    (await removeRunFolders(store)).map(({ left }) => left).filter((left) => left !== null),
    [],
  );
  openWhole(store, copy, opened);
  assert.throws(() => store.refuseCopy(STUDY, []), { message: /There is another study "two-by-two"/ });
});

test('what needs files of an opened run says where they are, and finds them once they are here', async (t) => {
  const { report } = await reported(t);
  const store = emptyStore(t);
  const { copy, from } = readCopy(report);
  openWhole(store, copy, { ...from, ...OPENED });
  const run = copy.runs.find(({ state }) => state === 'complete')?.id ?? '';
  const refusal = {
    code: 'data-missing',
    message: /not here.*told\.html.*\(workstation\).*copy that folder to /,
  } as const;
  assert.throws(() => findPredictor(store, run), refusal);
  assert.throws(() => specifySubject(store, run, { dataRoot: '/nowhere', data: null }), refusal);
  mkdirSync(store.runFolder(run), { recursive: true });
  assert.equal(store.run(run).artifacts, store.runFolder(run));
  assert.throws(() => findPredictor(store, run), { message: /cannot be read/ });
  rmSync(store.runFolder(run), { recursive: true });
});

test('seeds are added to an opened study on the same data only, and what is there is not trained again', async (t) => {
  const { report } = await reported(t);
  const store = emptyStore(t);
  const { copy, from } = readCopy(report);
  openWhole(store, copy, { ...from, ...OPENED });
  const definition = addSeeds(requireTrained(copy.study.definition), 1, null);
  const prepare = (hash: string) =>
    prepareStudy({
      ...{ store, definition, text: writeSeeds(copy.study.text, definition) },
      cells: costedCells(store.cells(STUDY)),
      dataset: { description: { hash } as never },
      longer: { dataHash: hash, computedBy: {}, how: 'exact' },
    });
  assert.throws(() => prepare('another'), {
    code: 'data-invalid',
    message: /not that of the report told\.html/,
  });
  assert.equal(store.study(STUDY).text, copy.study.text);
  const { plan } = prepare('abc');
  // of 4 cells with 4 seeds; the two that its file still names have two complete runs each
  assert.equal(plan.done.length, 4);
  assert.equal(plan.missing.length, 12);
  assert.equal(store.study(STUDY).openedFrom?.hash, from.hash);
  assert.deepEqual(
    store.runs({ states: ['waiting'] }).filter(({ openedFrom }) => openedFrom !== null),
    [],
  );
});

test('what would make a report too large is left out, and so it stays', async (t) => {
  const { file } = await reported(t);
  const store = openStore(file, { purpose: 'read' });
  t.after(() => store.close());
  const copy = store.studyCopy(STUDY, MOST);
  const whole = await packCopy(copy, REPORTED);
  const size = (name: keyof NonNullable<typeof whole>['parts']): number =>
    Buffer.from(String(whole?.parts[name]), 'base64').length;
  const most = size('runs') + size('confusions') + size('epochs');
  const packed = await packCopy(copy, REPORTED, { mostPacked: most });
  assert.deepEqual(packed?.leftOut, [
    'curves over steps',
    'results of layer analyses',
    'histograms over training',
  ]);
  assert.deepEqual(Object.keys(packed.parts), ['runs', 'confusions', 'epochs']);
  assert.equal(await packCopy(copy, REPORTED, { mostPacked: size('runs') - 1 }), null);
  const again = await packCopy({ ...copy, steps: [], analyses: [], histograms: [] }, REPORTED, {
    before: packed.leftOut,
  });
  assert.deepEqual(again, packed);
  // a part that is too much is not even read
  const { steps, analyses, runs } = store.studyCopy(STUDY, 100);
  assert.deepEqual([steps, analyses, runs.length], [null, null, copy.runs.length]);
});
