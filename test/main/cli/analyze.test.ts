import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { analyzeCommand } from '../../../src-main/cli/analyze.ts';
import { loadedModules } from '../loaded-modules.ts';
import { temporaryFolder } from '../store/sample-study.ts';
import { kindling } from './command-line.ts';
import { fillStore } from './filled-store.ts';

const PICTURES = METHODS.filter(({ family }) => family === 'pictures').map(({ name }) => name);

test('the methods are named with what they measure', () => {
  const { status, stdout } = kindling(['analyze', '--list', '--json']);
  assert.equal(status, 0);
  const listed = JSON.parse(stdout) as { name: string; about: string; settings: { name: string }[] }[];
  assert.deepEqual(
    listed.map(({ name }) => name),
    METHODS.map(({ name }) => name),
  );
  assert.equal(new Set(listed.map(({ name }) => name)).size, listed.length);
  assert.ok(listed.every(({ about }) => about.endsWith('.')));
});

test('the methods are named without loading what computes them', async (context) => {
  const modules = await loadedModules(context, (nodeOptions) => {
    assert.equal(kindling(['analyze', '--list', '--json'], {}, nodeOptions).status, 0);
  });
  assert.match(modules, /methods\/probe\/index\.ts/);
  assert.doesNotMatch(modules, /@tensorflow|better-sqlite3|echarts|sharp|ml-matrix|umap|\/compute\.ts/);
});

test('runs must be named, and a checkpoint that is gone is told', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const nothing = kindling(['--store', file, 'analyze']);
  assert.equal(nothing.status, 2);
  assert.match(nothing.stderr, /no runs given/);
  const gone = kindling(['--store', file, 'analyze', '--study', 'two-by-two', '--methods', 'probe']);
  assert.equal(gone.status, 1);
  assert.match(gone.stderr, /The checkpoint .*last\.safetensors cannot be read/);
});

test('a recipe names the methods, needs a folder, and is checked first', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const ask = (...options: readonly string[]) =>
    kindling(['--store', file, 'analyze', '--study', 'two-by-two', '--recipe', 'demystify', ...options]);
  const nowhere = ask();
  assert.deepEqual([nowhere.status, /--output FOLDER/.test(nowhere.stderr)], [2, true]);
  assert.match(ask('--output', 'x', '--methods', 'probe').stderr, /--methods does not go with --recipe/);
  assert.match(ask('--output', 'x', '--set', 'pages=3').stderr, /settings\.pages: no method of these steps/);
});

test('the settings of methods are listed', () => {
  const { status, stdout } = kindling(['analyze', '--list', '--methods', 'channel-lesion,probe']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^channel-lesion\.replacement +mean +mean, zero or resample +replacement for a channel$/m,
  );
  assert.doesNotMatch(stdout, /grad-cam/);
});

test('settings are checked before anything is done', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const ask = (...settings: readonly string[]) =>
    kindling([
      '--store',
      file,
      'analyze',
      '--study',
      'two-by-two',
      '--methods',
      PICTURES.join(),
      ...settings,
    ]);
  const tooMany = ask('--images', '2000');
  assert.equal(tooMany.status, 2);
  assert.match(tooMany.stderr, /images: 2000 is not accepted; saliency-randomization takes .* 2 to 200\./);
  assert.match(
    ask('--set', 'grad-cam').stderr,
    /--set grad-cam: write it as name=value or method\.name=value/,
  );
  const unknown = ask('--set', 'grad-cam.steps=3');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /grad-cam\.steps: there is no such setting.*grad-cam: shown, layers, class/s);
  // asked as they can be, they come as far as the checkpoints, which are not there
  for (const settings of [[], ['--set', 'class=true', '--set', 'projection.images=100']])
    assert.match(ask(...settings).stderr, /The checkpoint .*last\.safetensors cannot be read/);
});

test('an option that was renamed goes on working and says its new name, in no help', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  fillStore(file);
  const old = kindling(['--store', file, 'analyze', '--study', 'two-by-two', '--again', '--methods', 'no']);
  assert.match(old.stderr, /^kindling: --again is now --recompute\n/);
  assert.doesNotMatch(old.stderr, /unknown option/);
  const command = analyzeCommand().action(() => undefined);
  assert.equal(command.parse(['--again'], { from: 'user' }).opts()['recompute'], true);
  assert.doesNotMatch(kindling(['analyze', '--help']).stdout, /--again/);
});
