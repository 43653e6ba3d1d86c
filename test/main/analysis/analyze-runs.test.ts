import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, type TestContext } from 'node:test';
import { analysisWorker } from '../../../src-main/analysis/analysis-work.ts';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import { analyzeRuns, type AnalysisProgress } from '../../../src-main/analysis/analyze-runs.ts';
import type { ArrivingAnalysis } from '../../../src-shared/analysis/arriving.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { findingsReader } from '../../../src-main/analysis/read-findings.ts';
import { analyzedStore, writeImages, type AnalyzedStore } from './analyzed-store.ts';

const worker = analysisWorker(kindlingHome());
after(() => worker.close());

interface Wishes {
  readonly runs?: readonly string[];
  readonly methods?: readonly string[];
  readonly checkpoints?: readonly string[];
  readonly again?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  readonly onArriving?: (analysis: ArrivingAnalysis) => void;
}

function analyze({ store, dataRoot, runs }: AnalyzedStore, wishes: Wishes = {}) {
  const { signal, onProgress = () => undefined, onArriving } = wishes;
  return analyzeRuns(
    {
      runs: wishes.runs ?? runs,
      asked: methodRequests(wishes.methods ?? ['separation', 'similarity-across'], { images: 60 }),
      data: null,
      ...(wishes.checkpoints && { checkpoints: wishes.checkpoints }),
      again: wishes.again ?? false,
    },
    {
      store: () => store,
      worker,
      dataRoot,
      onProgress,
      ...(signal === undefined ? {} : { signal }),
      ...(onArriving === undefined ? {} : { onArriving }),
    },
  );
}

test('what is found is stored, and not computed again', async (context: TestContext) => {
  const analyzed = analyzedStore(context);
  const { store, runs } = analyzed;
  const shares: number[] = [];
  const found = await analyze(analyzed, { onProgress: ({ done, share }) => shares.push(done + share) });
  assert.deepEqual(
    found.map(({ run, method }) => [run, method]),
    runs.flatMap((run) => [
      [run, 'separation'],
      [run, 'similarity-across'],
    ]),
  );
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  assert.equal(shares.at(-1), 4);
  const squeeze = found[0]?.results.find(
    ({ layer, measure }) => layer === 'fire2/squeeze' && measure === 'fisher ratio',
  );
  assert.equal(squeeze?.role, 'squeeze');
  assert.ok((squeeze?.value ?? 0) > 0);
  assert.ok((squeeze?.baselines['shuffled labels'] ?? 0) > 0);
  assert.notEqual(squeeze?.baselines['untrained'], squeeze?.value);
  assert.deepEqual(squeeze?.settings, { images: 60 });

  const [first, second] = found.filter(({ method }) => method === 'similarity-across');
  const toSeeds = (analysis: typeof first) =>
    analysis?.results.find(
      ({ layer, measure }) => layer === 'fire2/squeeze' && measure === 'cka to other seeds',
    )?.value ?? NaN;
  assert.ok(Math.abs(toSeeds(first) - toSeeds(second)) < 1e-5, 'similarity has no direction');

  assert.deepEqual(store.analyses(runs), found);
  assert.deepEqual(
    await analyze(analyzed, { onProgress: () => assert.fail('something was computed') }),
    found,
  );
  const again = await analyze(analyzed, { again: true, methods: ['separation'] });
  assert.deepEqual(again[0]?.results, found[0]?.results);
  assert.notEqual(again[0]?.createdAt, found[0]?.createdAt);
});

test('other checkpoints than the last are looked at, and stand apart from what is known of the last', async (context) => {
  const analyzed = analyzedStore(context);
  const { store, runs } = analyzed;
  const asked = { runs: [runs[0]], methods: ['separation'] };
  const found = await analyze(analyzed, { ...asked, checkpoints: ['each'] });
  assert.deepEqual(
    found.map(({ settings }) => settings),
    [{ images: 60, checkpoint: 'initial' }, { images: 60 }],
  );
  const [initial, last] = found;
  const ratios = (of: typeof initial) =>
    of?.results.filter(({ measure }) => measure === 'fisher ratio') ?? [];
  assert.deepEqual(
    ratios(initial).map(({ value }) => value),
    ratios(last).map(({ baselines }) => baselines['untrained']),
  );
  assert.deepEqual(store.analyses(runs), [last]);
  assert.equal(store.knownAnalyses(runs).length, 1);
  assert.deepEqual(store.analyses(runs, { overTraining: true }), found);
  const wanted = { findings: ['separation'], overTraining: true };
  const reader = findingsReader();
  context.after(() => reader.close());
  assert.deepEqual(
    await reader.work({ storeFile: join(analyzed.folder, 'kindling.sqlite'), runs, wanted }),
    found,
  );
  await assert.rejects(analyze(analyzed, { ...asked, checkpoints: ['epoch-5'] }), {
    code: 'not-found',
    message: /has no checkpoint epoch-5; it has initial, best, last\. .*record: \{ checkpoints: 5 \}/,
  });
});

test('what is found is told layer by layer; of what is cancelled nothing is stored', async (context) => {
  const analyzed = analyzedStore(context);
  const { store, runs } = analyzed;
  const asked = { runs: [runs[0]], methods: ['clusters'] };
  const controller = new AbortController();
  const cut: ArrivingAnalysis[] = [];
  const cancelled = analyze(analyzed, {
    ...asked,
    signal: controller.signal,
    onArriving: (analysis) => {
      cut.push(analysis);
      controller.abort(new Error('enough'));
    },
  });
  await assert.rejects(cancelled, /enough/);
  assert.equal(cut[0]?.state, 'arriving');
  assert.equal(cut.at(-1)?.state, 'dropped');
  assert.deepEqual(store.analyses(runs), []);

  const told: ArrivingAnalysis[] = [];
  const [whole] = await analyze(analyzed, { ...asked, onArriving: (analysis) => told.push(analysis) });
  const counts = told.map(({ results }) => results.length);
  assert.ok(counts.length > 2);
  assert.deepEqual(
    counts,
    counts.toSorted((one, other) => one - other),
  );
  for (const { results, settings, run } of told) {
    assert.deepEqual(results, whole?.results.slice(0, results.length));
    assert.deepEqual([run, settings], [whole?.run, whole?.settings]);
  }
  assert.deepEqual(told.at(-1)?.results, whole?.results);
  assert.equal(told.at(-1)?.state, 'stored');
});

test('what was cancelled goes on where it was', async (context: TestContext) => {
  const analyzed = analyzedStore(context);
  const controller = new AbortController();
  const cancelled = analyze(analyzed, {
    signal: controller.signal,
    onProgress: ({ done }) => {
      if (done === 1) controller.abort(new Error('enough'));
    },
  });
  await assert.rejects(cancelled, /enough/);
  assert.equal(analyzed.store.analyses(analyzed.runs).length, 1);
  assert.equal((await analyze(analyzed)).length, 4);
});

test('a checkpoint or data set that is gone or another is told as such', async (context: TestContext) => {
  const analyzed = analyzedStore(context);
  const { store, dataRoot, waiting, runs } = analyzed;
  await assert.rejects(analyze(analyzed, { runs: [waiting] }), {
    code: 'usage',
    message: /only a complete run can be analysed/,
  });
  const initial = join(store.run(runs[0]).artifacts ?? '', 'initial.safetensors');
  writeFileSync(initial, 'something else');
  await assert.rejects(analyze(analyzed), { code: 'data-invalid', message: /is not the file that run/ });
  rmSync(initial);
  await assert.rejects(analyze(analyzed), { code: 'data-missing', message: /cannot be read/ });
  writeImages(dataRoot, 2);
  await assert.rejects(analyze(analyzed, { runs: [runs[1]] }), {
    code: 'data-invalid',
    message: /is not the one on which run .* was trained/,
  });
  rmSync(join(dataRoot, 'shapes'), { recursive: true });
  await assert.rejects(analyze(analyzed, { runs: [runs[1]] }), { code: 'data-missing' });
});

test('how the analysing process died is told, and the next task has a new one', async (context) => {
  const analyzed = analyzedStore(context);
  const killedBy = (signal: NodeJS.Signals) => {
    let isKilled = false;
    return analyze(analyzed, {
      methods: ['separation'],
      again: true,
      onProgress: ({ share }) => {
        if (share === 0 || isKilled) return;
        isKilled = true;
        const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'analysis/main.ts']);
        process.kill(Number(String(found)), signal);
      },
    });
  };
  await assert.rejects(killedBy('SIGKILL'), {
    code: 'out-of-memory',
    message: /SIGKILL.*use fewer images/,
  });
  await assert.rejects(killedBy('SIGABRT'), {
    code: 'process-died',
    message: /^The analysing process was ended by signal SIGABRT\./,
  });
  assert.equal((await analyze(analyzed, { methods: ['separation'] })).length, 2);
});
