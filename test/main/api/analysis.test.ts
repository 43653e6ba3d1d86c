import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { analysisFolder } from '../../../src-main/artifacts/analysis-folder.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { createApplication } from '../../../src-main/api/application.ts';
import { storeFile } from '../../../src-main/home.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { fillHome, TWO_FACTORS } from '../../e2e/fill-home.ts';
import { loadedModules } from '../loaded-modules.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { scriptedEnvironment } from './scripted-application.ts';

test('what the store knows of a run is answered, and only the files that it lists', async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'kindling-analysis-'));
  fillHome(home, TWO_FACTORS);
  fillHome(home, TWO_FACTORS.replace('two-factors', 'to-come'), 'waiting');
  const store = openStore(storeFile(home), { purpose: 'schedule' });
  const run = store.runs({ states: ['complete'] })[0] ?? assert.fail('there is no complete run');
  const waiting = store.runs({ states: ['waiting'] })[0] ?? assert.fail('there is no waiting run');
  const settings = { images: 200 };
  const listed = { kind: 'picture', mediaType: 'image/png', layer: 'fire2/squeeze', title: 'maps' } as const;
  const analysis: Analysis = {
    ...{ run: run.id, method: 'grad-cam', settings, results: [], seconds: 1 },
    files: ['maps.png', 'gone.png'].map((file) => ({ ...listed, file })),
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  store.saveAnalysis(analysis);
  store.close();
  const folder = analysisFolder(run.artifacts ?? assert.fail(), 'grad-cam', settings);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'maps.png'), 'a picture');
  writeFileSync(join(folder, 'secret.png'), 'not listed');
  const application = createApplication({ home, environment: scriptedEnvironment() });
  context.after(async () => {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  });

  const runs = [run.id, 'none'];
  assert.deepEqual(await application.request('analysis.results', { runs }), [analysis]);
  assert.deepEqual(await application.request('analysis.results', { runs, findings: ['probe'] }), []);
  const chosen = { run: run.id, method: 'grad-cam', settings };
  assert.deepEqual(await application.request('analysis.file', { ...chosen, file: 'maps.png' }), {
    ...{ fileName: 'maps.png', mediaType: 'image/png' },
    bytes: new Uint8Array(Buffer.from('a picture')),
  });
  for (const file of ['secret.png', '../grad-cam/maps.png', '/etc/passwd', '']) {
    const refused = application.request('analysis.file', { ...chosen, file });
    await assert.rejects(refused, { code: 'not-found', message: /^There is no file/ });
  }
  const others = application.request('analysis.file', { ...chosen, settings: {}, file: 'maps.png' });
  await assert.rejects(others, { code: 'not-found' });
  const gone = application.request('analysis.file', { ...chosen, file: 'gone.png' });
  await assert.rejects(gone, { code: 'not-found', message: /is gone.*--recompute/ });

  const start = application.request('analysis.start', { runs: [waiting.id], methods: ['probe'] });
  await assert.rejects(start, { code: 'usage', message: /only a complete run can be analysed/ });
});

test('the application knows the methods and their settings without loading TensorFlow.js', async (context) => {
  const program = `
    const [{ createApplication }, { methodRequests }, { METHODS }] = await Promise.all(
      ['api/application', 'analysis/method-requests', 'analysis/methods/registry'].map((file) =>
        import(${JSON.stringify(join(import.meta.dirname, '../../../src-main'))} + '/' + file + '.ts')),
    );
    const application = createApplication({ home: ${JSON.stringify(temporaryFolder(context))} });
    const methods = await application.request('analysis.methods', {});
    const start = application.request('analysis.start', { runs: ['none'], methods: ['probe'] });
    const refusal = await start.catch(({ code }) => code);
    await application.close();
    const settings = methodRequests(METHODS.map(({ name }) => name), { images: 200 });
    console.log(methods.length, refusal, settings.length);`;
  const modules = await loadedModules(context, (nodeOptions) => {
    const options = [...nodeOptions, '--input-type=module', '--eval', program];
    const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    assert.equal(stdout.trim(), `${METHODS.length} not-found ${METHODS.length}`, stderr);
  });
  assert.match(modules, /methods\/probe\/index\.ts/);
  assert.doesNotMatch(modules, /@tensorflow|\/compute\.ts/);
});
