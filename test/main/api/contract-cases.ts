import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DEFAULT_SETTINGS } from '../../../src-main/api/settings-file.ts';
import type { ApplicationEvent } from '../../../src-shared/contract/api/events.ts';
import type { ParametersOf, RequestName, ResultOf } from '../../../src-shared/contract/api/index.ts';
import type { OpenedReport } from '../../../src-shared/contract/api/reports.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import type { RunState } from '../../../src-shared/studies/run-state.ts';
import type { StudyListing } from '../../../src-shared/contract/api/studies.ts';
import type { ProblemCode } from '../../../src-shared/mistakes/problem.ts';
import { resultOf, STEPS } from '../../fixtures/scripted-numbers.ts';
import type { Script } from '../../fixtures/scripted-trainer.ts';
import { fillWhole, writeReport } from '../copies/study-report.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { requireTrained } from '../../../src-shared/studies/imported-study.ts';

/** What a case works with. */
export interface Api {
  readonly home: string;
  /** Whether work of seconds is done in all its ways: through one transport is enough for what differs in the handler alone. */
  readonly isWhole: boolean;
  /** The result of a request that must succeed. */
  ok<Name extends RequestName>(name: Name, parameters: ParametersOf<Name>): Promise<ResultOf<Name>>;
  /** A request that must fail as an expected failure. */
  refused(name: RequestName, parameters: unknown, code: ProblemCode, message: RegExp): Promise<void>;
  /** Resolves with the first event, told already or to come, that fits. */
  event(fits: (event: ApplicationEvent) => boolean): Promise<ApplicationEvent>;
  script(script: Omit<Script, 'log'>): void;
}

const SLOW = STUDY.replace('study: sample', 'study: slow');
const REJECTED = { text: STUDY.replace('squeezenet', 'squeezenut'), launch: false };

/** What one case removes and the next one brings back. */
let removedFigure: ResultOf<'figures.list'>[number] | null = null;

/**
 * What every request of the contract must do, as one story in this order: it begins with an empty store, in which a
 * study is saved, run and looked at, and ends when that is gone from the trash.
 */
export const contractCases: { readonly [Name in RequestName]: (api: Api) => Promise<void> } = {
  'application.state': async (api) => {
    const state = await api.ok('application.state', {});
    assert.deepEqual([state.home, state.engine, state.sequence], [api.home, null, 0]);
    assert(state.cores >= 1 && state.version !== '' && state.memory.totalBytes > 1e8);
  },
  'studies.examples': async (api) => {
    const examples = await api.ok('studies.examples', {});
    const demo = examples.find(({ name }) => name === 'demo');
    assert.match(demo?.text ?? '', /^study: demo$/m);
    assert.match(demo?.about ?? '', /^What `npm run demo` runs/);
  },
  'networks.import': async (api) => {
    const file = join(import.meta.dirname, '../../fixtures/torch-networks/squeezenet.pt');
    const fields = { version: '1.1', baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6 };
    const options = { family: 'squeezenet', fields };
    const { id } = await api.ok('networks.import', { file, name: 'narrow', options });
    const event = await api.event(
      (each) => each.type === 'task' && each.task.id === id && each.task.state !== 'running',
    );
    assert(event.type === 'task' && event.task.state === 'done', JSON.stringify(event));
    await api.refused('networks.import', { file: 'squeezenet.pt' }, 'usage', /not an absolute path/);
  },
  'networks.list': async (api) => {
    const [network, ...others] = await api.ok('networks.list', {});
    assert(network !== undefined && others.length === 0);
    assert.deepEqual(
      [network.name, network.source.file, network.classes.length],
      ['narrow', 'squeezenet.pt', 4],
    );
    assert(existsSync(join(api.home, 'artifacts', network.id, network.file)));
  },
  'pictures.explain': async (api) => {
    const explanation = { method: 'grad-cam', layer: null } as const;
    const picture = { kind: 'file', name: 'cat.png', base64: 'AAAA' } as const;
    const asked = { network: 'narrow', picture, explanation, view: 'page' };
    await api.refused('pictures.explain', asked, 'engine-missing', /engine/);
    await api.refused('pictures.explain', { ...asked, network: 'none' }, 'not-found', /no run "none"/);
    const gone = { kind: 'test', data: { name: 'none', hash: 'abc' }, image: 0 } as const;
    await api.refused('pictures.explain', { ...asked, picture: gone }, 'engine-missing', /engine/);
    const nameless = { ...asked, picture: { ...picture, name: '' } };
    await api.refused('pictures.explain', nameless, 'usage', /^pictures\.explain: picture\.name/);
  },
  'pictures.cancel': async (api) => {
    // of a view that waits for nothing
    assert.equal(await api.ok('pictures.cancel', { view: 'page' }), null);
    await api.refused('pictures.cancel', { view: '' }, 'usage', /^pictures\.cancel: view/);
  },
  'networks.set': async (api) => {
    const network = await api.ok('networks.set', { network: 'narrow', preprocessing: { shortSide: 300 } });
    assert.deepEqual([network.preprocessing.shortSide, network.setAt === null], [300, false]);
    await api.refused('networks.set', { network: 'wide' }, 'not-found', /no network "wide"/);
    await api.refused(
      'networks.set',
      { network: 'narrow', preprocessing: { shortSide: 3 } },
      'usage',
      /less than the network's input/,
    );
  },
  'networks.trash': async (api) => {
    const { id, name } = await api.ok('networks.trash', { network: 'narrow' });
    assert.equal(name, 'narrow');
    assert(existsSync(join(api.home, 'artifacts', id, 'network.safetensors')));
    assert.deepEqual(await api.ok('networks.list', {}), []);
    await api.refused('networks.trash', { network: 'narrow' }, 'not-found', /no network "narrow"/);
  },
  'networks.trashed': async (api) => {
    assert.deepEqual(
      (await api.ok('networks.trashed', {})).map(({ name }) => name),
      ['narrow'],
    );
  },
  'networks.restore': async (api) => {
    const { id } = await api.ok('networks.restore', { network: 'narrow' });
    assert.deepEqual(
      (await api.ok('networks.list', {})).map((network) => network.id),
      [id],
    );
    await api.refused('networks.restore', { network: 'narrow' }, 'not-found', /in the trash/);
    // only emptying the whole trash takes the networks with it
    await api.ok('networks.trash', { network: id });
    await api.ok('studies.emptyTrash', { studies: [] });
    assert.equal((await api.ok('networks.trashed', {})).length, 1);
    const emptied = await api.ok('studies.emptyTrash', { studies: null });
    assert(emptied.freedBytes > 0 && !existsSync(join(api.home, 'artifacts', id)));
    assert.deepEqual(await api.ok('networks.trashed', {}), []);
  },
  'studies.save': async (api) => {
    const listing = await api.ok('studies.save', { text: STUDY, launch: false });
    assert.deepEqual(
      [listing.name, listing.activity, listing.wanted, listing.complete],
      ['sample', 'idle', 4, 0],
    );
    await api.event((event) => event.type === 'study' && event.study.name === 'sample');
    await api.refused('studies.save', REJECTED, 'study-invalid', /line 3: .*did you mean squeezenet\?/);
    const elsewhere = STUDY.replace('dataset: shapes', 'dataset: elsewhere');
    await api.refused('studies.save', { text: elsewhere, launch: true }, 'data-missing', /elsewhere/);
    await api.refused('studies.save', { text: STUDY }, 'usage', /^studies\.save: launch: missing/);
  },
  'drafts.save': async (api) => {
    const { draft, isApart } = await api.ok('drafts.save', { draft: null, text: 'study: half\n' });
    assert.deepEqual([draft.name, draft.text, isApart], ['half', 'study: half\n', false]);
    await api.event((event) => event.type === 'draft' && event.draft.id === draft.id);
    const base = { id: draft.id, base: draft.version };
    const next = await api.ok('drafts.save', { draft: base, text: 'study: whole\n' });
    assert.deepEqual([next.draft.id, next.draft.name, next.isApart], [draft.id, 'whole', false]);
    const late = await api.ok('drafts.save', { draft: base, text: 'study: late\n' });
    assert(late.isApart && late.draft.id !== draft.id);
    await api.refused('drafts.save', { draft: { id: '../x', base: '' }, text: '' }, 'usage', /draft\.id/);
  },
  'drafts.list': async (api) => {
    const drafts = await api.ok('drafts.list', {});
    assert.deepEqual(drafts.map(({ name }) => name).sort(), ['late', 'whole']);
  },
  'drafts.remove': async (api) => {
    const [{ id, version } = { id: '', version: '' }, other] = await api.ok('drafts.list', {});
    assert.equal(await api.ok('drafts.remove', { id, version: 'another' }), false);
    assert.equal(await api.ok('drafts.remove', { id, version }), true);
    await api.event((event) => event.type === 'draft removed' && event.id === id);
    assert.equal(await api.ok('drafts.remove', { id, version }), true);
    assert.deepEqual(await api.ok('drafts.list', {}), [other]);
  },
  'studies.list': async (api) => {
    const listings = await api.ok('studies.list', {});
    assert.deepEqual(
      listings.map(({ name }) => name),
      ['sample'],
    );
    assert.deepEqual(listings[0]?.factors, ['network.sr']);
  },
  'studies.get': async (api) => {
    const { definition, text, cells, listing } = await api.ok('studies.get', { study: 'sample' });
    assert.deepEqual([requireTrained(definition).seeds, text, listing.cells], [[0, 1], STUDY, 2]);
    assert.deepEqual(
      cells.map(({ factors }) => factors['network.sr']),
      [0.25, 0.5],
    );
    await api.refused('studies.get', { study: 'none' }, 'not-found', /no study "none"/);
  },
  'studies.annotate': async (api) => {
    const text = '## Found\n\n- **0.5** is enough\n';
    const first = await api.ok('studies.annotate', { study: 'sample', text, base: '' });
    assert.deepEqual([first.isSaved, first.note?.text], [true, text]);
    await api.event((event) => event.type === 'study' && event.study.noteChangedAt !== null);
    const late = await api.ok('studies.annotate', { study: 'sample', text: 'other', base: '' });
    assert.deepEqual(late, { isSaved: false, note: first.note });
    const { note, listing } = await api.ok('studies.get', { study: 'sample' });
    assert.deepEqual([note, listing.noteChangedAt], [first.note, note?.changedAt]);
    const gone = await api.ok('studies.annotate', { study: 'sample', text: ' \n', base: null });
    assert.deepEqual(gone, { isSaved: true, note: null });
    await api.refused(
      'studies.annotate',
      { study: 'none', text, base: null },
      'not-found',
      /no study "none"/,
    );
    const long = { study: 'sample', text: 'x'.repeat(100_001), base: null };
    await api.refused('studies.annotate', long, 'usage', /^studies\.annotate: text/);
  },
  'studies.tag': async (api) => {
    const tagged = await api.ok('studies.tag', { study: 'sample', addTags: ['paper', 'a'] });
    assert.deepEqual(tagged.tags, ['a', 'paper']);
    await api.event((event) => event.type === 'study' && event.study.tags.length === 2);
    const left = await api.ok('studies.tag', { study: 'sample', addTags: ['paper'], removeTags: ['a'] });
    assert.deepEqual(left.tags, ['paper']);
    await api.ok('studies.tag', { study: 'sample', removeTags: ['paper'] });
    await api.refused('studies.tag', { study: 'none' }, 'not-found', /no study "none"/);
    await api.refused('studies.tag', { study: 'sample', addTags: [''] }, 'usage', /addTags/);
  },
  'studies.resume': async (api) => {
    assert.equal((await api.ok('studies.resume', { study: 'sample' })).activity, 'running');
    await api.event((event) => event.type === 'study ended' && event.study === 'sample' && event.well);
    const done = await idle(api, 'sample');
    assert.deepEqual([done.complete, done.problem, done.progress?.done], [4, null, 4]);
    await api.refused('studies.resume', { study: 'none' }, 'not-found', /no study "none"/);
  },
  'studies.collect': async (api) => {
    await api.refused('studies.collect', { study: 'sample' }, 'not-found', /No run of "sample" waits/);
    await api.refused('studies.collect', { study: 'none' }, 'not-found', /no study "none"/);
  },
  'runs.table': async (api) => {
    const { runs, cells } = await api.ok('runs.table', {});
    assert.deepEqual(
      runs.map(({ state }) => state),
      Array(4).fill('complete'),
    );
    assert.deepEqual(new Set(runs.map(({ cell }) => cell)), new Set(cells.map(({ id }) => id)));
    assert.deepEqual(
      runs.map(({ seed, metrics }) => metrics.testAccuracy === resultOf(seed).testAccuracy),
      Array(4).fill(true),
    );
    assert(runs[0]?.summaries.loss);
  },
  'runs.query': async (api) => {
    const sort = [{ column: 'testAccuracy', descending: true }];
    const query = { filter: 'network.sr = 0.5', sort, offset: 0, limit: 1 };
    const { runs, total } = await api.ok('runs.query', query);
    assert.equal(total, 2);
    assert.deepEqual(
      runs,
      (await rows(api))
        .filter(({ factors, seed }) => factors['network.sr'] === 0.5 && seed === 1)
        .map(({ id }) => id),
    );
    await api.refused('runs.query', { ...query, filter: 'sr =' }, 'usage', /./);
    await api.refused('runs.query', { ...query, limit: 0 }, 'usage', /^runs\.query: limit/);
  },
  'runs.get': async (api) => {
    const [first] = await rows(api);
    const detail = await api.ok('runs.get', { run: first?.id ?? '' });
    assert.deepEqual([detail.row, detail.cell.id, detail.classes], [first, first?.cell, ['a', 'b', 'c']]);
    assert.equal(detail.provenance?.engine.name, 'scripted');
    await api.refused('runs.get', { run: 'none' }, 'not-found', /no run "none"/);
  },
  'runs.curves': async (api) => {
    const runs = (await rows(api)).map(({ id }) => id);
    const curves = await api.ok('runs.curves', { runs: [...runs, 'none'], metric: 'loss' });
    assert.deepEqual(
      curves.map(({ run, steps, values }) => [run, steps.length, values.length]),
      runs.map((run) => [run, 2 * STEPS, 2 * STEPS]),
    );
    await api.refused(
      'runs.curves',
      { runs, metric: 'lost' },
      'usage',
      /^runs\.curves: metric: "lost" is not accepted; did you mean loss\?/,
    );
  },
  'runs.histograms': async (api) => {
    const runs = (await rows(api)).map(({ id }) => id);
    // that they come where they were recorded: application.test.ts
    assert.deepEqual(
      await api.ok('runs.histograms', { runs: [...runs, 'none'], of: 'weights', layer: null, most: 2 }),
      { recorded: 0, runs: [] },
    );
    await api.refused(
      'runs.histograms',
      { runs, of: 'biases', layer: null, most: 2 },
      'usage',
      /^runs\.histograms: of/,
    );
  },
  'runs.provenances': async (api) => {
    const [first] = await rows(api);
    const run = first?.id ?? '';
    const { provenance } = await api.ok('runs.get', { run });
    assert.ok(provenance);
    assert.deepEqual(await api.ok('runs.provenances', { runs: [run] }), [{ run, provenance }]);
    await api.refused('runs.provenances', { runs: ['none'] }, 'not-found', /no run "none"/);
  },
  'runs.confusions': async (api) => {
    const [first] = await rows(api);
    const confusions = await api.ok('runs.confusions', { runs: [first?.id ?? ''] });
    assert.deepEqual(confusions, [{ run: first?.id, counts: [[1]] }]);
    await api.refused('runs.confusions', { runs: ['none'] }, 'not-found', /no run "none"/);
  },
  'runs.annotate': async (api) => {
    const [first, second] = (await rows(api)).map(({ id }) => id);
    assert(first && second);
    const changed = await api.ok('runs.annotate', {
      runs: [first, second],
      note: 'odd',
      addTags: ['b', 'a'],
    });
    assert.deepEqual(
      changed.map(({ note, tags }) => [note, tags]),
      Array(2).fill(['odd', ['a', 'b']]),
    );
    await api.event(
      (event) => event.type === 'runs' && event.runs.some(({ id, note }) => id === second && note === 'odd'),
    );
    const [kept] = await api.ok('runs.annotate', { runs: [first], removeTags: ['b'] });
    assert.deepEqual([kept?.note, kept?.tags], ['odd', ['a']]);
    await api.refused('runs.annotate', { runs: [first, 'none'], note: 'x' }, 'not-found', /no run "none"/);
    await api.refused('runs.annotate', { runs: [] }, 'usage', /^runs\.annotate: runs/);
  },
  'runs.annotateBack': async (api) => {
    const [first, second] = (await rows(api)).map(({ id }) => id);
    assert(first && second);
    await api.ok('runs.annotate', { runs: [first, second], note: 'mine', addTags: ['new'] });
    await api.ok('runs.annotate', { runs: [second], note: 'of another' });
    const back = { note: { from: 'mine', to: 'before' }, addTags: ['old'], removeTags: ['new', 'gone'] };
    const answer = await api.ok('runs.annotateBack', {
      runs: [first, second].map((run) => ({ run, ...back })),
    });
    assert.deepEqual(answer.changed, [second]);
    assert.deepEqual(
      answer.rows.map(({ note, tags }) => [note, tags.includes('old'), tags.includes('new')]),
      [
        ['before', true, false],
        ['of another', true, false],
      ],
    );
    await api.event((event) => event.type === 'runs' && event.runs.some(({ note }) => note === 'before'));
    await api.refused(
      'runs.annotateBack',
      { runs: [{ run: 'none', ...back }] },
      'not-found',
      /no run "none"/,
    );
    await api.ok('runs.annotate', { runs: [first, second], note: '', removeTags: ['old'] });
  },
  'analysis.methods': async (api) => {
    const methods = await api.ok('analysis.methods', {});
    const probe = methods.find(({ name }) => name === 'probe');
    assert.deepEqual([probe?.family, probe?.measures[0]?.name], ['representation', 'cross-entropy']);
  },
  'analysis.results': async (api) => {
    const runs = (await rows(api)).map(({ id }) => id);
    assert.deepEqual(await api.ok('analysis.results', { runs, findings: ['probe'] }), []);
    await api.refused('analysis.results', { runs: [] }, 'usage', /^analysis\.results: runs/);
  },
  'analysis.known': async (api) => {
    const runs = (await rows(api)).map(({ id }) => id);
    assert.deepEqual(await api.ok('analysis.known', { runs }), []);
    await api.refused('analysis.known', { runs: [] }, 'usage', /^analysis\.known: runs/);
  },
  'analysis.overview': async (api) => {
    assert.deepEqual(await api.ok('analysis.overview', {}), []);
  },
  'analysis.arriving': async (api) => {
    assert.deepEqual(await api.ok('analysis.arriving', {}), []);
  },
  'analysis.questions': async (api) => {
    const questions = await api.ok('analysis.questions', {});
    assert.ok(questions.some(({ question }) => question === 'Which branches matter?'));
  },
  'analysis.estimate': async (api) => {
    const steps = [{ name: 'weights', method: 'weight-ranks', settings: {} }];
    await api.refused('analysis.estimate', { runs: [], steps }, 'usage', /^analysis\.estimate: runs/);
    await api.refused('analysis.estimate', { runs: ['nowhere'], steps }, 'not-found', /nowhere/);
  },
  'analysis.outcomes': async (api) => {
    const [first] = await rows(api);
    assert.equal(await api.ok('analysis.outcomes', { run: first?.id ?? '' }), null);
    await api.refused('analysis.outcomes', { run: 'none' }, 'not-found', /no run "none"/);
  },
  'analysis.start': async (api) => {
    const [first] = await rows(api);
    const chosen = { runs: [first?.id ?? ''], methods: ['tap-shares'] };
    await api.refused('analysis.start', chosen, 'engine-missing', /No engine is installed/);
    await api.refused('analysis.start', { ...chosen, runs: ['none'] }, 'not-found', /no run "none"/);
    await api.refused(
      'analysis.start',
      { ...chosen, methods: ['prob'] },
      'not-found',
      /did you mean "probe"/,
    );
    const refused: [settings: Record<string, string | number>, message: RegExp][] = [
      [{ images: 60 }, /^images: there is no such setting; there are\n {2}tap-shares: none$/],
      [
        { 'probe.images': 60 },
        /^probe\.images: probe is not one of the chosen methods, which are tap-shares/,
      ],
    ];
    for (const [settings, message] of refused)
      await api.refused('analysis.start', { ...chosen, settings }, 'usage', message);
  },
  'analysis.steps': async (api) => {
    const [first] = await rows(api);
    const step = { name: 'few', method: 'separation', settings: { images: 60 } };
    const chosen = { runs: [first?.id ?? ''], steps: [step, { ...step, settings: { images: 90 } }] };
    await api.refused('analysis.steps', chosen, 'engine-missing', /No engine is installed/);
    await api.refused('analysis.steps', { ...chosen, steps: [] }, 'usage', /^analysis\.steps: steps/);
    const strange = [step, { name: 'strange', method: 'tap-shares', settings: { images: 60 } }];
    await api.refused('analysis.steps', { ...chosen, steps: strange }, 'usage', /no such setting/);
  },
  'analysis.file': async (api) => {
    const [first] = await rows(api);
    const chosen = { run: first?.id ?? '', method: 'grad-cam', settings: {}, file: 'maps.png' };
    await api.refused('analysis.file', chosen, 'not-found', /no file "maps\.png"/);
    await api.refused('analysis.file', { ...chosen, run: 'none' }, 'not-found', /no run "none"/);
  },
  'views.save': async (api) => {
    const query = { filter: 'state = complete', columns: ['id'] };
    const saved = await api.ok('views.save', { name: 'mine', query });
    assert.deepEqual([saved.name, saved.query], ['mine', query]);
    await api.refused('views.save', { name: '', query }, 'usage', /^views\.save: name/);
  },
  'views.list': async (api) => {
    assert.deepEqual(
      (await api.ok('views.list', {})).map(({ name }) => name),
      ['mine'],
    );
  },
  'views.remove': async (api) => {
    assert.equal(await api.ok('views.remove', { name: 'mine' }), null);
    await api.refused('views.remove', { name: 'mine' }, 'not-found', /mine/);
  },
  'studies.trainedBefore': async (api) => {
    const { speeds, times } = await api.ok('studies.trainedBefore', {});
    assert.equal(speeds.length, 4);
    assert.equal(
      times.reduce((sum, { runs }) => sum + runs, 0),
      4,
    );
    assert.ok(times.every(({ seconds }) => seconds > 0));
    assert.deepEqual(
      [speeds[0]?.family, speeds[0]?.imagesPerSecond, speeds[0]?.batch],
      ['squeezenet', 500, 10],
    );
  },
  'studies.peaks': async (api) => {
    const [engine = ''] = (await api.ok('runs.table', {})).runs.flatMap((run) => run.engine ?? []);
    const peaks = await api.ok('studies.peaks', { engine });
    // of two cells, whatever their seeds
    assert.equal(peaks.length, 2);
    assert(peaks.every(([key, bytes]) => key.startsWith('["shapes",10,') && bytes === 1));
    assert.deepEqual(await api.ok('studies.peaks', { engine: 'another' }), []);
  },
  'studies.machine': async (api) => {
    const samples = await api.ok('studies.machine', { study: 'sample' });
    assert.ok(samples.every(({ cores, seconds }) => cores >= 1 && seconds > 0));
    await api.refused('studies.machine', { study: 'none' }, 'not-found', /none/);
  },
  'exports.list': async (api) => {
    const kinds = await api.ok('exports.list', {});
    assert.deepEqual(
      kinds.map(({ name }) => name),
      ['csv', 'histograms', 'json', 'onnx', 'points', 'tensorboard'],
    );
  },
  'reports.formats': async (api) => {
    const names = (await api.ok('reports.formats', {})).map(({ name }) => name);
    assert.deepEqual(names, ['html', 'latex', 'markdown']);
  },
  'reports.make': async (api) => {
    const [study] = await api.ok('studies.list', {});
    assert.ok(study);
    const page = await api.ok('reports.make', { study: study.name, format: 'html' });
    assert.equal(page.fileName, `${study.name}-report.html`);
    assert.match(Buffer.from(page.bytes).toString(), /^<!doctype html>/);
    const margin = { study: study.name, format: 'html', figures: ['errors'], margin: 2 };
    if (api.isWhole) {
      const packed = await api.ok('reports.make', { study: study.name, format: 'markdown' });
      assert.equal(packed.mediaType, 'application/zip');
      const told = Buffer.from((await api.ok('reports.make', margin)).bytes).toString();
      assert.ok(told.includes('--figure errors --margin 2'));
    }
    await api.refused('reports.make', { ...margin, figures: ['effects'] }, 'usage', /figures/);
    await api.refused('reports.make', { study: 'none', format: 'html' }, 'not-found', /none/);
    await api.refused(
      'reports.make',
      { study: study.name, format: 'doc' },
      'usage',
      /no format of reports "doc"/,
    );
  },
  'exports.make': async (api) => {
    const runs = (await rows(api)).map(({ id }) => id);
    const formats = [
      ['csv', 'text/csv', /^id,/],
      ['tensorboard', 'application/zip', /^PK/],
      ['histograms', 'text/csv', /^run,step,layer,of,count,zeros,/],
      ['json', 'application/json', /"runs":\[/],
      ['points', 'text/csv', /^run,metric,step,epoch,value/],
    ] as const;
    // each is made in a thread of its own, whose start takes longest: elsewhere one that is not text
    for (const [format, mediaType, start] of api.isWhole ? formats : formats.slice(1, 2)) {
      const file = await api.ok('exports.make', { runs, format });
      assert.equal(file.mediaType, mediaType);
      assert.match(Buffer.from(file.bytes).toString('latin1'), start);
    }
    const [first = ''] = runs;
    await api.refused('exports.make', { runs: ['none'], format: 'csv' }, 'not-found', /none/);
    await api.refused('exports.make', { runs, format: 'xls' }, 'usage', /no export "xls"; there are csv, /);
    await api.refused('exports.make', { runs: [first], format: 'onnx' }, 'not-found', /checkpoint/);
    await api.refused('exports.make', { runs: ['none'], format: 'onnx' }, 'not-found', /none/);
    await api.refused('exports.make', { runs, format: 'onnx' }, 'usage', /choose one run \(4 were given\)/);
  },
  'figures.formats': async (api) => {
    const formats = await api.ok('figures.formats', {});
    const svg = formats.find(({ name }) => name === 'svg');
    assert.deepEqual(svg, {
      ...{ name: 'svg', ending: 'svg', title: 'SVG', about: 'for the web and for vector editors' },
      ...{ draws: ['runs', 'analyses'], isPreview: true },
    });
    assert.ok(formats.some(({ draws, isPreview }) => isPreview && draws.includes('tables')));
  },
  'figures.render': async (api) => {
    const file = await api.ok('figures.render', { specification: FIGURE, format: 'svg' });
    assert.equal(file.warning, null);
    assert.equal(file.mediaType, 'image/svg+xml');
    assert.match(Buffer.from(file.bytes).toString(), /<svg/);
    const unknown = { ...FIGURE, source: { kind: 'study', study: 'none' } };
    await api.refused('figures.render', { specification: unknown, format: 'svg' }, 'not-found', /none/);
    await api.refused(
      'figures.render',
      { specification: FIGURE, format: 'bmp' },
      'usage',
      /figure format "bmp"/,
    );
  },
  'figures.save': async (api) => {
    const saved = await api.ok('figures.save', { name: 'accuracy', specification: FIGURE });
    assert.equal(saved.runs.length, 4);
    const renamed = await api.ok('figures.save', { id: saved.id, name: 'new', specification: FIGURE });
    assert.deepEqual([renamed.id, renamed.name], [saved.id, 'new']);
    await api.refused('figures.save', { id: 'none', name: 'x', specification: FIGURE }, 'not-found', /none/);
  },
  'figures.list': async (api) => {
    assert.deepEqual(
      (await api.ok('figures.list', {})).map(({ name }) => name),
      ['new'],
    );
  },
  'figures.remove': async (api) => {
    const [figure] = await api.ok('figures.list', {});
    assert.equal(await api.ok('figures.remove', { id: figure?.id ?? '' }), null);
    assert.deepEqual(await api.ok('figures.list', {}), []);
    await api.refused('figures.remove', { id: 'none' }, 'not-found', /none/);
    assert.ok(figure);
    removedFigure = figure;
  },
  'figures.restore': async (api) => {
    assert.ok(removedFigure);
    const { specification, ...rest } = removedFigure;
    const figure = { ...rest, specification, runs: [...removedFigure.runs] };
    assert.deepEqual(await api.ok('figures.restore', figure), removedFigure);
    assert.deepEqual(await api.ok('figures.list', {}), [removedFigure]);
    await api.refused('figures.restore', figure, 'usage', /is there/);
    await api.ok('figures.remove', { id: figure.id });
  },
  'studies.addSeeds': async (api) => {
    const { cells } = await api.ok('studies.get', { study: 'sample' });
    const chosen = { study: 'sample', count: 1, cells: [cells[1]?.id ?? ''], launch: false };
    assert.equal((await api.ok('studies.addSeeds', chosen)).wanted, 5);
    const { text } = await api.ok('studies.get', { study: 'sample' });
    assert.equal(text, `${STUDY}extraSeeds:\n  - { cells: { network.sr: 0.5 }, seeds: [2] }\n`);
    const all = await api.ok('studies.addSeeds', { study: 'sample', count: 1, cells: null, launch: true });
    assert.deepEqual([all.wanted, all.complete, all.activity], [6, 4, 'running']);
    await study(api, 'sample', ({ activity, complete }) => activity === 'idle' && complete === 6);
    await api.refused('studies.addSeeds', { ...chosen, cells: ['none'] }, 'not-found', /no cell "none"/);
    await api.refused('studies.addSeeds', { ...chosen, count: 0 }, 'usage', /^studies\.addSeeds: count/);
  },
  'studies.pause': async (api) => {
    const hold = holdSteps(api);
    await api.ok('studies.save', { text: SLOW, launch: true });
    await study(api, 'slow', ({ runs }) => runs.running === 2);
    assert.equal((await api.ok('studies.pause', { study: 'slow' })).activity, 'pausing');
    rmSync(hold);
    const paused = await study(api, 'slow', ({ activity }) => activity === 'paused');
    assert.deepEqual([paused.complete, paused.runs.interrupted, paused.runs.waiting], [0, 2, 2]);
    assert.equal(paused.place, 1);
    await api.refused('studies.pause', { study: 'none' }, 'not-found', /no study "none"/);
  },
  'studies.cancel': async (api) => {
    holdSteps(api);
    assert.equal((await api.ok('studies.resume', { study: 'slow' })).activity, 'running');
    await studyNow(api, 'slow', ({ runs }) => runs.running === 2);
    await api.refused('studies.trash', { study: 'slow' }, 'usage', /is running: cancel it/);
    assert.equal((await api.ok('studies.cancel', { study: 'slow' })).activity, 'stopping');
    const cancelled = await study(
      api,
      'slow',
      ({ runs, activity }) => activity === 'idle' && runs.interrupted === 2,
    );
    assert.deepEqual([cancelled.runs.waiting, cancelled.runs.running], [2, 0]);
    await api.refused('studies.cancel', { study: 'none' }, 'not-found', /no study "none"/);
  },
  'studies.expect': async (api) => {
    const asked = { study: 'slow', executor: 'local-processes', goOn: 'exact' } as const;
    const told = await api.ok('studies.expect', asked);
    // what it was interrupted in the middle of its first epoch left nothing to go on from
    assert.match(told.goingOn.join(), /^Interrupted before: 2 runs; from the beginning: 2\.$/);
    assert.deepEqual(await api.ok('studies.expect', { ...asked, text: SLOW }), told);
    const another = SLOW.replace('study: slow', 'study: another');
    const { goingOn, time } = await api.ok('studies.expect', { ...asked, text: another });
    assert.deepEqual(goingOn, []);
    assert.match(time ?? '', /^Estimated time: \S.*\.$/);
    assert.match(told.time ?? '', /Runs that go on are counted as whole ones\./);
    await api.refused('studies.expect', { ...asked, text: 'study: 7' }, 'study-invalid', /study/);
    await api.refused('studies.expect', { ...asked, study: 'none' }, 'not-found', /no study "none"/);
  },
  'runs.skip': async (api) => {
    const [one] = await slowRuns(api, 'interrupted');
    assert.equal(await api.ok('runs.skip', { runs: [one] }), null);
    await study(api, 'slow', ({ leftOut }) => leftOut.skipped === 1 && leftOut.interrupted === 1);
    const complete = await completeRun(api);
    await api.refused('runs.skip', { runs: [complete] }, 'usage', /is complete: it has its result/);
    await api.refused('runs.skip', { runs: ['none'] }, 'not-found', /no run "none"/);
  },
  'runs.repeat': async (api) => {
    const skipped = (await rows(api)).find((run) => run.skipped)?.id ?? '';
    const { runs } = await api.ok('runs.repeat', { runs: [skipped] });
    // the other one that is missing is not trained
    await study(
      api,
      'slow',
      ({ runs: { running, interrupted, waiting } }) => running === 1 && interrupted === 2 && waiting === 2,
    );
    assert.deepEqual(await slowRuns(api, 'running'), runs);
    await api.refused('runs.repeat', { runs: [skipped] }, 'usage', /has been repeated/);
    const complete = await completeRun(api);
    await api.refused('runs.repeat', { runs: [complete] }, 'usage', /the same seed has the same result/);
  },
  'runs.first': async (api) => {
    const runs = await slowRuns(api, 'running');
    await api.refused('runs.first', { runs }, 'usage', /only a run that waits/);
  },
  'runs.cancel': async (api) => {
    const runs = await slowRuns(api, 'running');
    assert.equal(await api.ok('runs.cancel', { runs }), null);
    await study(api, 'slow', (slow) => slow.activity === 'idle' && slow.runs.interrupted === 3);
    await api.refused('runs.cancel', { runs }, 'usage', /only a run that trains/);
  },
  'runs.goOn': async (api) => {
    const runs = await slowRuns(api, 'interrupted');
    const last = runs.slice(-1);
    const skipped = (await rows(api)).find((run) => run.skipped)?.id ?? '';
    await api.refused('runs.goOn', { runs: [skipped] }, 'usage', /has been repeated/);
    await api.refused(
      'runs.goOn',
      { runs: [await completeRun(api)] },
      'usage',
      /only one that was interrupted/,
    );
    assert.equal(await api.ok('runs.goOn', { runs: last }), null);
    await studyNow(api, 'slow', (slow) => slow.runs.running === 1);
    assert.deepEqual(await slowRuns(api, 'running'), last);
    await api.ok('runs.cancel', { runs: last });
    await studyNow(api, 'slow', (slow) => slow.activity === 'idle' && slow.runs.interrupted === 3);
  },
  'runs.trash': async (api) => {
    const [complete] = await slowRuns(api, 'interrupted');
    assert.equal(await api.ok('runs.trash', { runs: [complete] }), null);
    assert(!(await rows(api)).some(({ id }) => id === complete));
    await api.event(({ type }) => type === 'reload');
    await api.refused('runs.trash', { runs: [complete] }, 'not-found', /no run/);
  },
  'runs.trashed': async (api) => {
    const [trashed, ...others] = await api.ok('runs.trashed', {});
    assert.deepEqual([trashed?.study, trashed?.runs.length, others], ['slow', 1, []]);
  },
  'runs.restore': async (api) => {
    const [trashed] = await api.ok('runs.trashed', {});
    const runs = trashed?.runs ?? [];
    assert.equal(await api.ok('runs.restore', { runs: [...runs] }), null);
    assert.equal((await slowRuns(api, 'interrupted')).length, 3);
    await api.refused('runs.restore', { runs: [...runs] }, 'not-found', /no run/);
  },
  'studies.trash': async (api) => {
    const trashed = await api.ok('studies.trash', { study: 'slow' });
    assert.equal(trashed.name, 'slow');
    assert((await rows(api)).every(({ study: name }) => name === 'sample'));
    await api.event(({ type }) => type === 'reload');
    await api.refused('studies.trash', { study: 'slow' }, 'not-found', /slow/);
  },
  'studies.trashed': async (api) => {
    assert.deepEqual(
      (await api.ok('studies.trashed', {})).map(({ name }) => name),
      ['slow'],
    );
  },
  'studies.restore': async (api) => {
    assert.equal((await api.ok('studies.restore', { study: 'slow' })).runs.interrupted, 3);
    await api.refused('studies.restore', { study: 'slow' }, 'not-found', /slow/);
  },
  'studies.emptyTrash': async (api) => {
    const run = (await rows(api)).find(
      ({ study: name, state }) => name === 'slow' && state === 'interrupted',
    );
    assert(run?.artifacts);
    writeFileSync(join(run.artifacts, 'best.safetensors'), Buffer.alloc(1000));
    await api.ok('studies.trash', { study: 'slow' });
    const emptied = await api.ok('studies.emptyTrash', { studies: ['slow'] });
    assert(emptied.freedBytes > 1000, 'a folder has a mark besides');
    assert.deepEqual(emptied.left, []);
    assert(!existsSync(run.artifacts));
    assert.deepEqual(await api.ok('studies.emptyTrash', { studies: null }), { freedBytes: 0, left: [] });
    await api.refused('studies.emptyTrash', { studies: ['slow'] }, 'not-found', /slow/);
    await api.refused('studies.restore', { study: 'slow' }, 'not-found', /slow/);
  },
  'executors.list': async (api) => {
    const listed = await api.ok('executors.list', {});
    assert.deepEqual(
      listed.map(({ name, isElsewhere, fields }) => [name, isElsewhere, fields.length > 0]),
      [
        ['local-processes', false, true],
        ['background', true, false],
        ['slurm', true, true],
      ],
    );
    assert.deepEqual(
      listed[2]?.fields.slice(5, 8).map(({ name, kind }) => [name, kind]),
      [
        ['cpus', 'number'],
        ['maxParallel', 'number'],
        ['options', 'words'],
      ],
    );
    assert.equal(listed[2]?.fields.find(({ name }) => name === 'collectAfter')?.kind, 'switch');
  },
  'executors.examine': async (api) => {
    assert.deepEqual(await api.ok('executors.examine', { executor: 'background', settings: {} }), []);
    const wrong = { executor: 'slurm', settings: { cpus: 0, time: 'long' } };
    await api.refused('executors.examine', wrong, 'usage', /^time: .*2:00:00[^]*^cpus: /m);
    const far = { executor: 'slurm', settings: { host: 'login', collectAfter: true } };
    await api.refused('executors.examine', far, 'usage', /^collectAfter: .*reached by ssh/m);
    await api.refused('executors.examine', { executor: 'moon', settings: {} }, 'usage', /moon/);
  },
  'settings.get': async (api) => {
    assert.deepEqual(await api.ok('settings.get', {}), DEFAULT_SETTINGS);
  },
  'settings.set': async (api) => {
    assert.deepEqual(await api.ok('settings.set', { jobs: 'auto' }), { ...DEFAULT_SETTINGS, jobs: 'auto' });
    assert.deepEqual(await api.ok('settings.set', { jobs: 1 }), { ...DEFAULT_SETTINGS, jobs: 1 });
    const executorSettings = { slurm: { time: '30' } };
    await api.ok('settings.set', { executor: 'slurm', executorSettings });
    const said = { theme: 'dark' as const, jobs: 1, executor: 'slurm', executorSettings };
    assert.deepEqual(await api.ok('settings.set', { theme: 'dark' }), { ...DEFAULT_SETTINGS, ...said });
    assert.deepEqual(await api.ok('settings.get', {}), { ...DEFAULT_SETTINGS, ...said });
    await api.refused('settings.set', { jobs: 0 }, 'usage', /^settings\.set: jobs/);
  },
  'datasets.list': async (api) => {
    const [shapes] = await api.ok('datasets.list', {});
    assert.deepEqual([shapes?.name, shapes?.state], ['shapes', 'built-in']);
  },
  'datasets.add': async (api) => {
    const { id, state } = await api.ok('datasets.add', { name: 'mine', from: join(api.home, 'none') });
    assert.equal(state, 'running');
    await api.event(
      (event) => event.type === 'task' && event.task.id === id && event.task.state === 'failed',
    );
    await api.refused('datasets.add', { name: '../x' }, 'usage', /not a valid data set name/);
    await api.refused('datasets.add', { name: 'mine', from: 'relative' }, 'usage', /not an absolute path/);
  },
  'datasets.testImages': async (api) => {
    const missing = { data: { name: 'none', hash: 'abc' }, images: [0] };
    await api.refused('datasets.testImages', missing, 'data-missing', /data set none is no longer there/);
    const none = { ...missing, images: [] };
    await api.refused('datasets.testImages', none, 'usage', /^datasets\.testImages: images/);
  },
  'datasets.images': async (api) => {
    const wanted = { part: 'test', label: 3, from: 0, count: 2 } as const;
    await api.refused('datasets.images', { name: 'none', wanted }, 'data-missing', /none/);
    const { total, images } = await api.ok('datasets.images', { name: 'shapes', wanted });
    assert.deepEqual([total, images.map(({ label }) => label)], [100, [3, 3]]);
    assert.equal(Buffer.from(images[0]?.bytes ?? []).toString('latin1', 1, 4), 'PNG');
    await api.refused(
      'datasets.images',
      { name: 'shapes', wanted: {} },
      'usage',
      /^datasets\.images: wanted/,
    );
  },
  'datasets.augment': async (api) => {
    const wanted = {
      name: 'shapes',
      recipe: { augment: ['flip' as const] },
      seed: 0,
      from: 0,
      count: 2,
      draws: 3,
    };
    const { images, total, averaged } = await api.ok('datasets.augment', wanted);
    assert.deepEqual([total, averaged, images.map(({ varied }) => varied.length)], [3600, 3600, [3, 3]]);
    await api.refused(
      'datasets.augment',
      { ...wanted, name: 'none' },
      'data-missing',
      /no data set named none/,
    );
    await api.refused('datasets.augment', { ...wanted, draws: 0 }, 'usage', /^datasets\.augment: draws/);
  },
  'datasets.look': async (api) => {
    const { id } = await api.ok('datasets.look', { name: 'shapes' });
    // a second window, or a page that is loaded again
    assert.equal((await api.ok('datasets.look', { name: 'shapes' })).id, id);
    await api.event((each) => each.type === 'task' && each.task.id === id && each.task.state === 'done');
    await api.refused('datasets.look', { name: 'No' }, 'usage', /not a valid data set name/);
  },
  'datasets.survey': async (api) => {
    const survey = await api.ok('datasets.survey', { name: 'shapes' });
    assert.deepEqual([survey?.counts.test[3], survey?.same.acrossParts], [100, 0]);
    assert.equal(Buffer.from(survey?.meanPicture ?? []).toString('latin1', 1, 4), 'PNG');
    assert.equal(await api.ok('datasets.survey', { name: 'cifar10' }), null);
  },
  'folders.list': async (api) => {
    const listing = await api.ok('folders.list', { path: join(api.home, 'artifacts') });
    assert.deepEqual([listing.parent, listing.file], [api.home, null]);
    await api.refused('folders.list', { path: 'artifacts' }, 'usage', /not an absolute path/);
    await api.refused('folders.list', { path: join(api.home, 'none') }, 'not-found', /There is no .*none/);
  },
  'uploads.begin': async (api) => {
    const upload = await api.ok('uploads.begin', { name: 'mine.tar', bytes: 3 });
    assert.equal(upload.arrived, 0);
    await api.ok('uploads.remove', { upload: upload.id });
    await api.refused('uploads.begin', { name: 'mine.tar', bytes: 1e12 }, 'usage', /give its path here/);
  },
  'uploads.append': async (api) => {
    const { id: upload } = await api.ok('uploads.begin', { name: 'mine.tar', bytes: 3 });
    const bytes = Uint8Array.of(0, 255, 10);
    assert.equal((await api.ok('uploads.append', { upload, at: 0, bytes })).arrived, 3);
    await api.refused('uploads.append', { upload, at: 1, bytes }, 'usage', /3 of 3 have arrived/);
    await api.refused('uploads.append', { upload, at: 0, bytes: 'AP8K' }, 'usage', /^uploads\.append: bytes/);
    const [folder = ''] = readdirSync(join(api.home, 'uploads'));
    const file = join(api.home, 'uploads', folder, 'mine.tar');
    assert.deepEqual([...readFileSync(file)], [...bytes]);
    const { id } = await api.ok('datasets.add', { name: 'sent', upload });
    await api.event((each) => each.type === 'task' && each.task.id === id && each.task.state === 'failed');
    // it can be tried again with other options
    assert(existsSync(file));
    await api.ok('uploads.remove', { upload });
    await api.refused('datasets.add', { name: 'sent', upload }, 'not-found', /send it again/);
  },
  'uploads.remove': async (api) => {
    assert.equal(await api.ok('uploads.remove', { upload: 'none' }), null);
    assert.deepEqual(readdirSync(join(api.home, 'uploads')), []);
  },
  'tasks.list': async (api) => {
    assert(
      (await api.ok('tasks.list', {})).some(
        ({ title, state }) => title.startsWith('Add mine') && state === 'failed',
      ),
    );
  },
  'tasks.cancel': async (api) => {
    const [task] = await api.ok('tasks.list', {});
    assert.equal(await api.ok('tasks.cancel', { task: task?.id ?? '' }), null);
    await api.refused('tasks.cancel', { task: 'none' }, 'not-found', /none/);
  },
  'runs.import': async (api) => {
    const file = join(api.home, 'widths.csv');
    writeFileSync(file, 'width,seed,test_acc\n1,0,50\n1,1,51\n2,0,60\n2,1,61\n');
    const ends = async (parameters: object): Promise<Task> => {
      const { id } = await api.ok('runs.import', { files: [file], ...parameters });
      const event = await api.event(
        (each) => each.type === 'task' && each.task.id === id && each.task.state !== 'running',
      );
      assert(event.type === 'task');
      return event.task;
    };
    const before = (await rows(api)).length;
    if (api.isWhole) {
      assert.equal((await ends({ dryRun: true })).message, '4 runs of 2 cells.');
      assert.match(
        (await ends({ settings: { factors: ['seed'] } })).message,
        /Nothing was imported from widths\.csv/,
      );
      assert.equal((await rows(api)).length, before);
    }
    assert.equal((await ends({})).message, 'widths: 4 runs of 2 cells, from CSV.');
    assert.equal((await rows(api)).filter(({ importedFrom }) => importedFrom === 'CSV').length, 4);
    const sent = { files: [{ name: 'a\\other.csv', base64: readFileSync(file).toString('base64') }] };
    assert.match((await ends(sent)).message, /imported before, as the study widths/);
    if (api.isWhole)
      assert.match(
        (await ends({ settings: { study: 'again' } })).message,
        /imported before, as the study widths/,
      );
    await api.refused('studies.resume', { study: 'widths' }, 'usage', /were imported/);
    await api.refused(
      'studies.addSeeds',
      { study: 'widths', count: 1, cells: null, launch: false },
      'usage',
      /were imported/,
    );
    await api.refused('runs.import', { files: ['widths.csv'] }, 'usage', /not an absolute path/);
    await api.ok('studies.trash', { study: 'widths' });
    await api.ok('studies.emptyTrash', { studies: ['widths'] });
  },
  'reports.open': async (api) => {
    const folder = join(api.home, 'elsewhere');
    mkdirSync(folder);
    fillWhole(join(folder, 'kindling.sqlite'));
    const file = await writeReport(join(folder, 'kindling.sqlite'), folder);
    const ends = async (parameters: Partial<ParametersOf<'reports.open'>>): Promise<Task<OpenedReport>> => {
      const { id } = await api.ok('reports.open', { file, ...parameters });
      const event = await api.event(
        (each) => each.type === 'task' && each.task.id === id && each.task.state !== 'running',
      );
      assert(event.type === 'task');
      return event.task as Task<OpenedReport>;
    };
    const before = (await rows(api)).length;
    if (api.isWhole) {
      assert.equal((await ends({ dryRun: true })).message, 'two-by-two: 10 runs of 4 cells.');
      assert.equal((await rows(api)).length, before);
    }
    const sent = { name: 'a\\sent.html', base64: readFileSync(file).toString('base64') };
    assert.equal(
      (await ends({ file: sent, name: 'friend' })).message,
      'friend: 10 runs of 4 cells, opened from sent.html.',
    );
    const listed = await api.ok('studies.list', {});
    assert.equal(listed.find(({ name }) => name === 'friend')?.openedFrom?.file, 'sent.html');
    assert.equal((await rows(api)).filter(({ openedFrom }) => openedFrom === 'sent.html').length, 10);
    if (api.isWhole) {
      const known = await ends({});
      assert.match(known.message, /opened before, as the study friend; nothing was opened/);
      assert.equal(known.result?.isKnown, true);
    }
    await api.ok('studies.trash', { study: 'friend' });
    if (api.isWhole) assert.match((await ends({})).message, /friend, which is in the trash/);
    await api.ok('studies.emptyTrash', { studies: ['friend'] });
    if (api.isWhole) {
      writeFileSync(file, 'no report');
      assert.match((await ends({})).message, /told\.html is no report of Kindling/);
    }
    await api.refused('reports.open', { file: 'told.html' }, 'usage', /not an absolute path/);
  },
  'engines.list': async (api) => {
    assert.deepEqual(await api.ok('engines.list', {}), []);
  },
  'engines.sources': async (api) => {
    const sources = await api.ok('engines.sources', {});
    const needPath = sources.filter(({ path }) => path?.isRequired).map(({ name }) => name);
    assert.deepEqual(needPath, ['use']);
    assert.ok(sources.some(({ name }) => name === 'cpu'));
  },
  'engines.install': async (api) => {
    const { id } = await api.ok('engines.install', { source: 'use', path: join(api.home, 'none') });
    await api.event(
      (event) => event.type === 'task' && event.task.id === id && event.task.state === 'failed',
    );
    await api.refused('engines.install', { source: 'use' }, 'usage', /folder/);
    await api.refused('engines.install', { source: 'tpu' }, 'usage', /"tpu".*cpu, gpu/);
  },
  'engines.select': (api) => api.refused('engines.select', { name: 'none' }, 'not-found', /no engine none/),
  'engines.tune': (api) => api.refused('engines.tune', { name: 'none' }, 'not-found', /no engine none/),
  'engines.test': (api) => api.refused('engines.test', { name: 'none' }, 'not-found', /no engine none/),
  'engines.tensorFloat32': async (api) => {
    const { chosen, without } = await api.ok('engines.tensorFloat32', {});
    assert.deepEqual([chosen, without?.slice(0, 28)], ['library', 'No engine for NVIDIA GPUs is']);
  },
  'engines.chooseTensorFloat32': async (api) => {
    assert.equal((await api.ok('engines.chooseTensorFloat32', { chosen: 'off' })).chosen, 'off');
    assert.equal((await api.ok('engines.tensorFloat32', {})).chosen, 'off');
    assert.equal((await api.ok('engines.chooseTensorFloat32', { chosen: 'library' })).chosen, 'library');
  },
  'devices.list': async (api) => {
    const { cores, memoryBytes, diskFreeBytes } = await api.ok('devices.list', {});
    assert(cores >= 1 && memoryBytes > 0 && diskFreeBytes > 0);
  },
  'doctor.examine': async (api) => {
    const checks = await api.ok('doctor.examine', {});
    assert(checks.some(({ state, remedy }) => state === 'missing' && remedy !== null));
  },
  'store.backup': async (api) => {
    const { id } = await api.ok('store.backup', {});
    await api.event((event) => event.type === 'task' && event.task.id === id && event.task.state === 'done');
  },
  'store.backups': async (api) => {
    assert.equal((await api.ok('store.backups', {})).length, 1);
  },
  'store.restore': async (api) => {
    await api.ok('studies.trash', { study: 'sample' });
    assert.deepEqual(await rows(api), []);
    const [backup] = await api.ok('store.backups', {});
    const { id } = await api.ok('store.restore', { file: backup?.file ?? '' });
    await api.event((event) => event.type === 'task' && event.task.id === id && event.task.state === 'done');
    assert.equal((await rows(api)).length, 6);
    await api.refused('store.restore', { file: 'passwd' }, 'usage', /not an absolute path/);
  },
};

const FIGURE: ParametersOf<'figures.render'>['specification'] = {
  source: { kind: 'study', study: 'sample' },
  chart: { kind: 'factor', x: 'network.sr' },
};

/** Trainers that start from now on begin no step until the file is removed. */
function holdSteps(api: Api): string {
  const hold = join(api.home, 'hold');
  writeFileSync(hold, '');
  api.script({ hold });
  return hold;
}

async function rows(api: Api): Promise<ResultOf<'runs.table'>['runs']> {
  return (await api.ok('runs.table', {})).runs;
}

/** Of another study, complete from the start. */
async function completeRun(api: Parameters<typeof slowRuns>[0]): Promise<string> {
  return (
    (await rows(api)).find(({ state, study: name }) => state === 'complete' && name === 'sample')?.id ?? ''
  );
}

/** Ids of the runs of the slow study in a state. */
async function slowRuns(api: Api, state: RunState): Promise<[string, ...string[]]> {
  const found = (await rows(api)).filter((run) => run.study === 'slow' && run.state === state);
  return found.map(({ id }) => id) as [string, ...string[]];
}

/** Waits until a study is told to be so. */
/** Where an event that fits was told already of an earlier start. */
async function studyNow(api: Api, name: string, fits: (study: StudyListing) => boolean): Promise<void> {
  while (!fits((await api.ok('studies.get', { study: name })).listing)) await setTimeout(20);
}

async function study(api: Api, name: string, fits: (study: StudyListing) => boolean): Promise<StudyListing> {
  const event = await api.event(
    (each) => each.type === 'study' && each.study.name === name && fits(each.study),
  );
  assert(event.type === 'study');
  return event.study;
}

function idle(api: Api, name: string): Promise<StudyListing> {
  return study(api, name, ({ activity, complete }) => activity === 'idle' && complete > 0);
}
