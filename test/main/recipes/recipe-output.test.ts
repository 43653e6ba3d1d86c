import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { analysisWorker } from '../../../src-main/analysis/analysis-work.ts';
import {
  type AnalysisFailure,
  analyzeRuns,
  recallAnalyses,
} from '../../../src-main/analysis/analyze-runs.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import type { RecipeResults } from '../../../src-main/recipes/recipe-results.ts';
import { recipeSubjects } from '../../../src-main/recipes/recipe-subjects.ts';
import { loadRecipe, settleRecipe } from '../../../src-main/recipes/settle-recipe.ts';
import { writeOutput } from '../../../src-main/recipes/write-output.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { type AnalyzedStore, analyzedStore } from '../analysis/analyzed-store.ts';

const RECIPE = `recipe: little
about: What is seen.
settings: { images: 60 }
formats: [svg]
steps:
  - { name: separation, method: separation }
  - { name: few, method: separation, settings: { images: 30 } }
  - { name: maps, method: feature-maps, settings: { shown: 1, layers: 'conv1, fire2/squeeze, fire3/squeeze, fire4/squeeze, fire5/squeeze', channels: 2 } }
  - { name: nowhere, method: feature-maps, settings: { shown: 1, layers: conv77 } }
  - { name: ranks, method: weight-ranks }
figures:
  - { name: fisher, of: separation, chart: { kind: depth, measure: separation/fisher ratio }, caption: The ratio. }
  - { name: fisher-of-few, of: few, chart: { kind: depth, measure: separation/fisher ratio } }
tables:
  - { name: fisher, of: few, measures: [fisher ratio] }
pictures:
  - { name: maps, of: maps }
  - { name: nowhere, of: nowhere }
`;

const SETTLED = settleRecipe(RECIPE, 'little.yaml');

const worker = analysisWorker(kindlingHome());
after(() => worker.close());

interface Wishes {
  readonly signal?: AbortSignal;
  readonly onCompute?: () => void;
}

/** What the command does: computes what is missing, and gathers what is known. */
async function doRecipe({ store, dataRoot }: AnalyzedStore, runs: readonly string[], wishes: Wishes = {}) {
  const { signal, onCompute = () => undefined } = wishes;
  const failures: AnalysisFailure[] = [];
  const request = { runs, asked: SETTLED.asked, data: null };
  await analyzeRuns(
    { ...request, again: false },
    {
      ...{ store: () => store, worker, dataRoot },
      onProgress: ({ share }) => {
        if (share === 0) onCompute();
      },
      onFailure: (failure) => failures.push(failure),
      ...(signal === undefined ? {} : { signal }),
    },
  );
  const all = recallAnalyses(request, store, dataRoot);
  const results: RecipeResults = {
    ...{ ...SETTLED, where: { dataRoot, data: null }, command: 'kindling analyze --recipe little.yaml' },
    subjects: recipeSubjects(store, runs),
    found: SETTLED.asked.map((_, at) =>
      all.flatMap(({ step, known }) => (step === at && known ? [known] : [])),
    ),
    failures: failures.map(({ run, step, problem }) => ({ run, step, message: problem.message })),
    leftOut: 'Of the study tiny 1 of 5 runs left out.',
    figures: { store, index: indexRuns(store.runTable()), datasetOf: () => null, methods: METHODS },
  };
  return results;
}

const CONTROL = { signal: new AbortController().signal, onProgress: () => undefined };

test('a recipe is computed once, what fails is told, and several subjects stand side by side', async (context: TestContext) => {
  const analyzed = analyzedStore(context);
  const { runs, others, folder } = analyzed;
  const all = [...runs, ...others];
  const controller = new AbortController();
  let begun = 0;
  const stopped = doRecipe(analyzed, all, {
    signal: controller.signal,
    onCompute: () => {
      if (++begun === 3) controller.abort(new Error('enough'));
    },
  });
  await assert.rejects(stopped, /enough/);
  const before = analyzed.store.analyses(all).length;
  assert.equal(before, 2);

  begun = 0;
  const results = await doRecipe(analyzed, all, { onCompute: () => begun++ });
  assert.equal(
    begun,
    4 * SETTLED.asked.length - before,
    'what was found before the stop is not computed again',
  );
  assert.equal(results.failures.length, 4, 'conv77 of each run');

  const output = join(folder, 'output');
  const { page, missing } = await writeOutput(results, output, CONTROL);
  assert.equal(missing.length, 2);
  const [run, other] = ['SR = 0.5', 'SR = 1'].map((cell) => `${cell} \\(\\w+\\)`);
  const failed = new RegExp(`^The step "nowhere" of ${run}, ${run}, ${other}, ${other}: .*conv77`);
  assert.match(missing[0] ?? '', failed, 'what fails alike is told once');
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => decodeURIComponent(link));
  assert.deepEqual(
    links.filter((link) => !existsSync(join(output, link))),
    [],
  );
  for (const link of ['figures/fisher.svg', 'figures/fisher/SR-0.5.svg', 'figures/fisher/SR-1.svg'])
    assert.ok(links.includes(link), link);
  assert.equal(
    links.filter((link) => link.startsWith('pictures/maps/')).length,
    2 * 5,
    'the first seed of each cell',
  );
  assert.match(text, /<details><summary>SR = 0\.5, 5 files<\/summary>\n\n!\[/, 'many are folded');
  for (const words of [
    '# little: 2 cells of the study tiny side by side',
    'What is seen.',
    '- Of the study tiny 1 of 5 runs left out.',
    'The ratio.',
    'each that has such a setting was asked with images 60.',
    '| separation | Class separation | 60 |  |',
    '| few | Class separation | 30 |  |',
    '| maps | Feature maps | 1 | layers conv1 ',
    '| ranks | Rank of the weights | none |  |',
    'Class separation',
    '60 images of the test part',
  ])
    assert.ok(text.includes(words), words);

  const figure = readFileSync(join(output, 'figures', 'fisher-of-few.svg'), 'utf8');
  assert.match(figure, /"settings":\{"images":30\}/);
  const rangeOf = (name: string): string =>
    /"yRange":(\[[^\]]+\])/.exec(readFileSync(join(output, 'figures', name), 'utf8'))?.[1] ?? '';
  assert.match(rangeOf('fisher/SR-0.5.svg'), /^\[\d/, 'side by side they have one scale');
  assert.equal(rangeOf('fisher/SR-0.5.svg'), rangeOf('fisher/SR-1.svg'));
  assert.equal(rangeOf('fisher.svg'), '');
  assert.ok(text.includes('Side by side the axes of numbers have the same scales.'));
  const [head, ...rows] = readFileSync(join(output, 'tables', 'fisher.csv'), 'utf8')
    .trim()
    .split('\n');
  assert.match(head ?? '', /^subject,run,layer,.*,measure,value,95 % low,95 % high,/);
  const layers =
    results.found[1]?.[0]?.results.filter(({ measure }) => measure === 'fisher ratio').length ?? 0;
  assert.equal(rows.length, 4 * layers);

  begun = 0;
  await doRecipe(analyzed, all, { onCompute: () => begun++ });
  assert.equal(begun, 4, 'only what failed is tried again');
});

test('a page is written last: where writing is stopped there is none', async (context: TestContext) => {
  const analyzed = analyzedStore(context);
  const [run] = analyzed.runs;
  const { recipe } = settleRecipe(`${RECIPE}features: [{ name: averages, layers: conv1 }]\n`, 'little.yaml');
  const results = { ...(await doRecipe(analyzed, [run])), recipe };
  const output = join(analyzed.folder, 'output');
  const gone = [0, 1].map((step) => ({ run: run ?? '', step, message: 'It is gone.' }));
  const { page, missing } = await writeOutput({ ...results, failures: gone }, output, CONTROL);
  assert.equal(missing[0], 'The steps "separation", "few" of tiny: SR = 0.5: It is gone.');
  const [, features = ''] = /\]\((features\/averages\/[^)]+)\)/.exec(readFileSync(page, 'utf8')) ?? [];
  const array = join(output, features, 'features.json');
  const { mtimeMs } = statSync(array);
  await writeOutput(results, output, CONTROL);
  assert.equal(statSync(array).mtimeMs, mtimeMs, 'features that are there are not computed again');
  assert.ok(existsSync(join(output, 'figures', 'fisher.svg')));
  assert.ok(!existsSync(join(output, 'figures', 'fisher')), 'one subject has one figure');
  const controller = new AbortController();
  const onProgress = (done: number): void => {
    if (done === 1) controller.abort(new Error('enough'));
  };
  await assert.rejects(writeOutput(results, output, { signal: controller.signal, onProgress }), /enough/);
  assert.ok(!existsSync(page));
  rmSync(output, { recursive: true });
});

test('the recipes of the program and of the docs are right; methods, settings and formats that there are not are told with lines', () => {
  assert.ok(loadRecipe('demystify').asked.length > 0);
  const docs = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'recipes.md'), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(docs) ?? [];
  assert.equal(settleRecipe(example, 'recipes.md').recipe.recipe, 'entropy');
  const imagesOf = (step: string, images: number | string): unknown => {
    const { recipe, asked } = loadRecipe('demystify', { images });
    return asked[recipe.steps.findIndex(({ name }) => name === step)]?.settings['images'];
  };
  assert.deepEqual([imagesOf('clusters', 9000), imagesOf('channel-forest', 9000)], [9000, 1000]);
  for (const few of [40, '40'])
    assert.deepEqual([imagesOf('clusters', few), imagesOf('channel-forest', few)], [40, 40]);
  assert.throws(() => loadRecipe('demistify'), {
    code: 'not-found',
    message: /no such recipe comes with the program/,
  });
  assert.throws(() => loadRecipe('/absent/recipe.yaml'), { code: 'not-found' });
  const wrong = (from: string, to: string, message: RegExp): void =>
    assert.throws(() => settleRecipe(RECIPE.replace(from, to), 'little.yaml'), { code: 'usage', message });
  wrong('method: separation }', 'method: seperation }', /line 6: steps\[0\]: .*did you mean "separation"/);
  wrong('images: 30', 'pictures: 30', /line 7: steps\[1\]: pictures: there is no such setting/);
  wrong(
    'settings: { images: 30 }',
    'atMost: { pictures: 30 }',
    /line 7: steps\[1\]: pictures: there is no such setting/,
  );
  wrong('images: 60', 'image: 60', /line 3: settings\.image: no method of these steps has such a setting/);
  wrong(
    'of: separation',
    'of: maps',
    /line 12: figures\[0\]\.chart: .* its step is of the method feature-maps/,
  );
  wrong('measure: separation/fisher ratio', 'measure: separation/fisher', /line 12: .*did you mean/);
  wrong('measures: [fisher ratio]', 'measures: [nc2]', /line 15: tables\[0\]\.measures: /);
  wrong('kind: depth, measure: separation/fisher ratio', 'kind: cost', /line 12: .*draws runs/);
  wrong('pictures:', 'features: [{ name: all, features: maps }]\npictures:', /line 16: .*did you mean "map"/);
  wrong('formats: [svg]', 'formats: [gif]', /line 4: formats\[0\]: .*gif/);
});
