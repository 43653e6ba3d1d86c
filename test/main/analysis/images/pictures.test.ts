import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import sharp from 'sharp';
import { AnalysisData } from '../../../../src-main/analysis/analysis-data.ts';
import { readClassMap } from '../../../../src-main/analysis/images/class-map.ts';
import { forgetPictures } from '../../../../src-main/analysis/images/forget-pictures.ts';
import { pictureFiles } from '../../../../src-main/datasets/picture-files.ts';
import { surveyPictures } from '../../../../src-main/analysis/images/picture-folder.ts';
import { prepareElsewhere } from '../../../../src-main/analysis/images/prepare-elsewhere.ts';
import { preparePictures } from '../../../../src-main/analysis/images/prepare-pictures.ts';
import { openDataset } from '../../../../src-main/datasets/open-dataset.ts';
import type { NetworkRecord } from '../../../../src-shared/networks/network-record.ts';
import { parseNetwork } from '../../../../src-shared/networks/parse-network.ts';
import { usualPreprocessing } from '../../../../src-shared/networks/preprocessing.ts';
import { TINY } from '../../engine/networks.ts';
import { temporaryFolder } from '../../store/sample-study.ts';
import { inMemory } from '../../datasets/in-memory.ts';

const INPUT = [16, 16, 3] as const;
const NETWORK: NetworkRecord = {
  ...{ id: 'n', name: 'small', createdAt: '', source: { file: 'a.pt', format: 'PyTorch' } },
  ...{ description: parseNetwork(TINY), input: INPUT, preprocessing: usualPreprocessing(INPUT) },
  classes: ['cat', 'dog', 'eel', 'fox'],
  wordnetIds: ['n00000001', 'n00000002', 'n00000003', 'n00000004'],
  ...{ file: 'network.safetensors', bytes: 1, sha256: '', setAt: null },
};
const IDLE = { progress: () => undefined, pause: () => Promise.resolve() };

/** Four red pictures of a fox, three blue and a grey one of a cat, and one of a cat that is broken. */
async function pictureFolder(context: TestContext) {
  const home = temporaryFolder(context);
  const folder = join(home, 'photos');
  for (const name of ['fox', 'n00000001']) mkdirSync(join(folder, name), { recursive: true });
  const paint = (file: string, background: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toFile(join(folder, file));
  for (const index of [0, 1, 2, 3]) await paint(`fox/${index}.png`, '#ff0000');
  for (const index of [0, 1, 2]) await paint(`n00000001/${index}.png`, '#0000ff');
  await sharp(Buffer.alloc(40 * 30, 9), { raw: { width: 40, height: 30, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(join(folder, 'n00000001/grey.png'));
  writeFileSync(join(folder, 'n00000001/torn.jpg'), 'no picture');
  return {
    home,
    folder,
    root: join(home, 'pictures'),
    asked: { folder, classes: null, grey: 'convert' } as const,
  };
}

test('a folder of pictures becomes a set of the classes that occur, in the order of the network', async (context) => {
  const { root, asked } = await pictureFolder(context);
  const survey = surveyPictures(NETWORK, asked);
  assert.deepEqual([survey.outputs, survey.named, survey.pictures.length], [[0, 3], ['cat', 'fox'], 9]);
  await prepareElsewhere({ root, folder: survey }, {});
  const dataset = openDataset(join(root, survey.fingerprint));
  const { classes, shape, trainingCount, testCount, remarks } = dataset.description;
  assert.deepEqual([classes, shape, trainingCount, testCount], [['cat', 'fox'], [16, 16, 3], 0, 8]);
  assert.match(
    remarks.map(({ text }) => text).join(),
    /1 image could not be read and was left out: n00000001\/torn\.jpg/,
  );
  const part = inMemory(dataset.readTest());
  const files = pictureFiles(dataset.folder) ?? [];
  assert.deepEqual(
    files.map((file) => (file.startsWith('fox/') ? 1 : 0)),
    [...part.labels],
  );
  assert.ok(files.includes('fox/3.png') && !files.includes('n00000001/torn.jpg'));
  assert.deepEqual([...part.labels].sort(), [0, 0, 0, 0, 1, 1, 1, 1]);
  for (const [index, label] of part.labels.entries())
    if (label === 1) assert.deepEqual([...part.images.subarray(index * 768, index * 768 + 3)], [255, 0, 0]);
  const data = new AnalysisData(dataset);
  const statistics = { mean: [0, 0, 0], std: [1, 1, 1] };
  assert.deepEqual([...data.testSet(6, statistics).labels], [0, 1, 0, 1, 0, 1]);
  assert.throws(() => data.trainingSet(6, statistics, 0, 0), { code: 'usage', message: /no training part/ });
});

test('grey pictures are left out where that is asked, and the choice is part of what pictures are known by', async (context) => {
  const { root, asked, folder } = await pictureFolder(context);
  const [all, coloured] = (['convert', 'leave out'] as const).map((grey) =>
    surveyPictures(NETWORK, { ...asked, grey }),
  );
  assert.ok(all && coloured);
  assert.notEqual(all.fingerprint, coloured.fingerprint);
  const { testCount, remarks } = await preparePictures(root, coloured, IDLE);
  assert.equal(testCount, 7);
  assert.match(remarks.map(({ text }) => text).join(), /1 grey picture left out/);
  assert.equal(surveyPictures(NETWORK, asked).fingerprint, all.fingerprint);
  utimesSync(join(folder, 'fox/0.png'), 1, 1);
  assert.notEqual(surveyPictures(NETWORK, asked).fingerprint, all.fingerprint);
  // where nothing else is left of a class, that is why
  for (const index of [0, 1, 2]) rmSync(join(folder, `n00000001/${index}.png`));
  const rest = surveyPictures(NETWORK, { ...asked, grey: 'leave out' });
  await assert.rejects(preparePictures(root, rest, IDLE), {
    message: /has no picture that can be used of cat\..*torn\.jpg.* 1 grey picture left out\.$/s,
  });
});

test('a map says what folders show: by name, WordNet id or number, in YAML, JSON or CSV', async (context) => {
  const { home, folder } = await pictureFolder(context);
  for (const [name, text] of [
    ['map.yaml', 'fox: eel\nn00000001: n00000002\n'],
    ['map.json', '{ "fox": 2, "n00000001": "1" }'],
    ['map.csv', 'folder,class\nfox,eel\nn00000001,dog\n'],
  ] as const) {
    const classes = join(home, name);
    writeFileSync(classes, text);
    assert.deepEqual(
      surveyPictures(NETWORK, { folder, classes, grey: 'convert' }).named,
      ['dog', 'eel'],
      name,
    );
  }
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other/0.png'), '');
  const { pictures, remarks } = surveyPictures(NETWORK, {
    folder,
    classes: join(home, 'map.csv'),
    grey: 'convert',
  });
  assert.equal(pictures.length, 9);
  assert.match(remarks[0]?.text ?? '', /1 picture of folders without a class left out/);
});

test('folders and maps that cannot be used are refused with what to do', async (context) => {
  const { home, folder, root, asked } = await pictureFolder(context);
  const map = (text: string, name = 'map.yaml'): string => {
    const file = join(home, name);
    writeFileSync(file, text);
    return file;
  };
  const refused = (classes: string | null, message: RegExp, where = folder): void =>
    assert.throws(() => surveyPictures(NETWORK, { folder: where, classes, grey: 'convert' }), { message });
  refused(map('fox: cow\n'), /does not have the classes cow/);
  refused(map('absent: cat\nfox: dog\n'), /names folders that .* does not have.*: absent/);
  refused(map('fox: cat\n'), /one class only/);
  refused(null, /There is no folder .*absent\.$/, join(home, 'absent'));
  mkdirSync(join(home, 'empty'));
  refused(null, /has no pictures/, join(home, 'empty'));
  assert.throws(() => readClassMap(map('fox: [1]\n')), {
    message: /map\.yaml, line 1: of fox give the name/,
  });
  assert.throws(() => readClassMap(map('fox,cat\nno pair\n', 'map.csv')), { message: /map\.csv, line 2/ });
  assert.throws(() => readClassMap(join(home, 'none.yaml')), { code: 'not-found' });
  // nothing is left of a set that is cancelled
  const cancelled = { ...IDLE, pause: () => Promise.reject(new Error('cancelled')) };
  await assert.rejects(preparePictures(root, surveyPictures(NETWORK, asked), cancelled), /cancelled/);
  assert.ok(!existsSync(root));
  writeFileSync(join(folder, 'loose.png'), '');
  refused(null, /in no folder of a class \(loose\.png\)/);
});

test('of the decoded pictures the last are kept', (context) => {
  const root = temporaryFolder(context);
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    mkdirSync(join(root, name));
    utimesSync(join(root, name), 100 - index, 100 - index);
  }
  forgetPictures(root, 2);
  assert.deepEqual(readdirSync(root).sort(), ['a', 'b']);
});
