import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readNetworkCheckpoint } from '../../../src-main/checkpoints/network-checkpoint.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import type { NetworkImported } from '../../../src-shared/contract/api/networks.ts';
import { loadedModules } from '../loaded-modules.ts';
import { kindling } from './command-line.ts';

const NARROW = join(import.meta.dirname, '../../fixtures/torch-networks');
const home = mkdtempSync(join(tmpdir(), 'kindling-networks-'));
after(() => rmSync(home, { recursive: true }));

const environment = { KINDLING_HOME: home };
const run = (...parameters: string[]) => kindling(['network', ...parameters], environment);
const FIELDS = ['version=1.1', 'baseE=8', 'incrE=8', 'sr=0.5', 'stemFilters=6'].flatMap((field) => [
  '--set',
  field,
]);
const IMPORT = ['import', join(NARROW, 'squeezenet.pt'), '--family', 'squeezenet', ...FIELDS];

function ok(...parameters: string[]): unknown {
  const { status, stdout, stderr } = run(...parameters, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test('a network is imported, listed, shown, exported, imported again from its export, and deleted', async (context) => {
  const preprocessing = ['--short-side', '60', '--mean', '1,1,1', '--std', '1,1,1', '--scale', '1/127.5'];
  const named = ['--name', 'narrow', '--input', '48x48x3', ...preprocessing];
  const { network, layers } = ok(...IMPORT, ...named) as NetworkImported;
  assert.deepEqual(layers[0], { layer: 'conv1', source: 'features.0', norm: null });
  assert.deepEqual(network.preprocessing, {
    shortSide: 60,
    mean: [1, 1, 1],
    std: [1, 1, 1],
    scale: 1 / 127.5,
    channels: 'rgb',
  });
  assert.deepEqual([network.name, network.input, network.classes.length], ['narrow', [48, 48, 3], 4]);
  assert.deepEqual(ok('list'), [network]);
  assert.deepEqual(ok('show', network.id), network);
  assert.match(run('show', 'narrow').stdout, /short side 60, centre 48x48, bytes \/ 127\.5, mean 1, 1, 1/);

  const checkpoint = readNetworkCheckpoint(join(home, 'artifacts', network.id, network.file));
  assert.deepEqual(checkpoint.classes, network.classes);
  const exported = join(home, 'narrow.onnx');
  assert.equal(kindling(['export', 'onnx', 'narrow', '--output', exported], environment).status, 0);
  const { network: again } = ok('import', exported, '--name', 'again') as NetworkImported;
  assert.deepEqual([again.description, again.input], [network.description, network.input]);
  const copy = readNetworkCheckpoint(join(home, 'artifacts', again.id, again.file));
  assert.deepEqual(copy.weights, checkpoint.weights);
  for (const channel of [0, 1, 2]) {
    assert.ok(Math.abs((copy.mean[channel] ?? 0) - (checkpoint.mean[channel] ?? 1)) < 1e-6);
    assert.ok(Math.abs((copy.std[channel] ?? 0) - (checkpoint.std[channel] ?? 1)) < 1e-6);
  }

  const set = ok('set', again.id, '--channels', 'bgr', '--scale', '1', '--name', 'other') as NetworkRecord;
  assert.deepEqual([set.name, set.preprocessing.channels, set.setAt === null], ['other', 'bgr', false]);
  const turned = readNetworkCheckpoint(join(home, 'artifacts', set.id, set.file));
  assert.deepEqual(readdirSync(join(home, 'artifacts', set.id)).includes(again.file), false);
  const [kernel, before] = [turned, copy].map(({ weights }) => [...(weights.get('conv1/kernel') ?? [])]);
  // [3, 3, 3, 6]: of the first pixel the filters for red, green and blue
  const filters = (values: readonly number[] | undefined, channel: number) =>
    values?.slice(6 * channel, 6 * channel + 6);
  assert.deepEqual(filters(kernel, 0), filters(before, 2));
  assert.ok(Math.abs((turned.mean[0] ?? 0) - 0.5 / 255) < 1e-6, 'bytes less 0.5');
  const back = ok(
    'set',
    'other',
    '--channels',
    'rgb',
    '--scale',
    '1/255',
    '--short-side',
    '48',
  ) as NetworkRecord;
  const restored = readNetworkCheckpoint(join(home, 'artifacts', back.id, back.file));
  assert.deepEqual(restored.weights, copy.weights);
  const cut = ok('set', 'other', '--crop', '40') as NetworkRecord;
  assert.deepEqual([cut.input, cut.preprocessing], [[40, 40, 3], back.preprocessing]);
  const smaller = readNetworkCheckpoint(join(home, 'artifacts', cut.id, cut.file));
  assert.deepEqual([smaller.graph.input, smaller.weights], [[40, 40, 3], copy.weights]);
  assert.match(run('show', 'other').stdout, /centre 40x40/);
  const program = [join(NARROW, 'mobilenet-graph.onnx'), '--family', 'mobilenet-v1', '--set', 'alpha=0.0625'];
  ok('import', ...program, '--name', 'compared');
  for (const [parameters, message] of [
    [
      ['set', 'compared', '--crop', '60', '--short-side', '90'],
      /compared with what its file computes for \d+x\d+x3 images only/,
    ],
    [['set', 'other'], /nothing to set/],
    [['set', 'other', '--short-side', '20'], /short side of 20 is less than the network's input of 40x40/],
    [['set', 'other', '--crop', '49'], /short side of 48 is less than the network's input of 49x49/],
    [['set', 'other', '--crop', '3'], /image/],
    [['set', 'other', '--mean', '1,2'], /need 3 values/],
    [['set', 'other', '--scale', '0'], /scale: 0 is not accepted; expected more than 0/],
    [['set', 'other', '--name', 'narrow'], /network "narrow" already/],
  ] as const)
    assert.match(run(...parameters).stderr, message);
  assert.deepEqual(ok('show', 'other'), cut, 'what is refused changes nothing');
  ok('set', 'other', '--crop', '48');

  const changes = (...names: string[]) =>
    (ok('diff', ...names) as { layers: { name: string; change: string; parameters: string }[] }).layers;
  assert.deepEqual(changes('narrow', again.id), []);
  assert.match(run('diff', 'narrow', again.id).stdout, /^The networks are identical\.\n/);
  const wider = '{ family: squeezenet, version: 1.1, baseE: 8, incrE: 8, sr: 0.5, stemFilters: 12 }';
  const [conv1] = changes('narrow', wider);
  assert.deepEqual([conv1?.name, conv1?.change, conv1?.parameters], ['conv1', 'changed', '168 → 336']);

  for (const name of ['narrow', again.id, 'compared'])
    assert.match(run('delete', name).stdout, /^\S+ \(\w{8}\) in the trash\.\n$/);
  assert.match(run('restore', again.id).stdout, new RegExp(`^\\S+ \\(${again.id}\\) restored\\.\n$`));
  assert.match(run('restore', 'none').stderr, /no network "none" in the trash/);
  const modules = await loadedModules(context, (nodeOptions) => {
    assert.equal(kindling(['network', 'delete', again.id], environment, nodeOptions).status, 0);
  });
  assert.match(modules, /api\/networks\.ts/);
  assert.doesNotMatch(
    modules,
    /protobufjs|jsfive|sharp|echarts/,
    'what reads and draws is loaded where it is used',
  );
  assert.deepEqual(ok('list'), []);
  assert.match(run('show', 'narrow').stderr, /no network "narrow" in this store, nor any other/);
});

test('nothing is stored of what is refused', () => {
  const broken = join(home, 'broken.pt');
  writeFileSync(broken, 'PK no zip');
  // those of the networks in the trash are still there
  const folders = (): string[] => readdirSync(join(home, 'artifacts')).sort();
  const before = folders();
  for (const [parameters, message] of [
    [['import', broken], /broken\.pt is no file of weights/],
    [[...IMPORT, '--name', 'a/b'], /cannot be called "a\/b"/],
    [[...IMPORT, '--mean', '0.5,x,0.5'], /--mean: "x" is no number/],
    [['diff', 'squeezenet', 'nothing'], /nothing is neither a run, nor an imported network, nor a family/],
    [['diff', 'squeezenet', '{ family: '], /Flow map must end/],
  ] as const) {
    const { status, stderr } = run(...parameters);
    assert.notEqual(status, 0);
    assert.match(stderr, message);
  }
  assert.deepEqual(ok('list'), []);
  assert.deepEqual(folders(), before);
});
