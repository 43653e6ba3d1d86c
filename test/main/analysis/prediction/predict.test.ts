import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import type { ExplanationTask } from '../../../../src-main/analysis/prediction/explanation-work.ts';
import { pictureExplainer } from '../../../../src-main/analysis/prediction/picture-explainer.ts';
import { predictPictures } from '../../../../src-main/analysis/prediction/predict-pictures.ts';
import { openPredictor, predictedClasses } from '../../../../src-main/analysis/prediction/predict.ts';
import { readPicture } from '../../../../src-main/analysis/prediction/read-picture.ts';
import {
  PUBLISHED_NORMALIZATION,
  readPublishedNetwork,
} from '../../../../src-main/compression/published/published-network.ts';
import { readNetworkCheckpoint } from '../../../../src-main/checkpoints/network-checkpoint.ts';
import { namedPictures } from '../../../../src-main/datasets/inputs/find-pictures.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { importNetwork } from '../../../../src-main/network-files/import-network.ts';
import { writeNetwork } from '../../../../src-main/network-files/write-network.ts';
import { usualPreprocessing } from '../../../../src-shared/networks/preprocessing.ts';
import { networkImportSchema } from '../../../../src-shared/networks/import-options.ts';
import { networkModel } from '../../../../src-main/exports/onnx/network-model.ts';
import { publishedBytes, withoutPublishedFile } from '../../compression/published-file.ts';
import { engine } from '../../engine/test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-published-'));
after(() => rmSync(folder, { recursive: true }));

const SIDE = 227;
const PUBLISHED = { input: [SIDE, SIDE, 3], shortSide: 256 } as const;

function logitsOf(network: Parameters<typeof openPredictor>[0], picture: Uint8Array): Float32Array {
  const predictor = openPredictor(network, engine.operations);
  try {
    return predictor.logits([picture]);
  } finally {
    predictor.close();
  }
}

describe('the published network', { skip: withoutPublishedFile }, () => {
  const network = withoutPublishedFile ? null : readPublishedNetwork(publishedBytes(), 'published.net');

  test("has the logits of Caffe's layouts, blue first, in NumPy; ONNX Runtime has the engine's", async () => {
    assert.ok(network !== null);
    const file = new URL('../../../fixtures/published-squeezenet.json', import.meta.url);
    const expected = JSON.parse(readFileSync(file, 'utf8')) as { logits: number[]; likely: number[] };
    const found = logitsOf({ ...network, ...PUBLISHED_NORMALIZATION }, waves());
    const largest = Math.max(...expected.logits);
    assert.ok(
      expected.logits.every((logit, index) => Math.abs(logit - (found[index] ?? NaN)) < 1e-4 * largest),
    );
    assert.deepEqual(
      predictedClasses(found)
        .slice(0, 5)
        .map(({ index }) => index),
      expected.likely,
    );
    const { graph, weights } = network;
    const about = { name: 'published', description: '', softmax: false, metadata: {} };
    const session = await InferenceSession.create(
      networkModel({ ...about, graph, weights, ...PUBLISHED_NORMALIZATION }),
    );
    const pixels = waves();
    const channelsFirst = Float32Array.from(pixels, (_, at) => {
      const [channel, position] = [Math.floor(at / SIDE ** 2), at % SIDE ** 2];
      return (pixels[3 * position + channel] ?? 0) / 255;
    });
    const { logits } = await session.run({
      images: new Tensor('float32', channelsFirst, [1, 3, SIDE, SIDE]),
    });
    await session.release();
    assert.ok(logits?.data instanceof Float32Array);
    const { data } = logits;
    assert.ok(found.every((logit, index) => Math.abs(logit - Number(data[index])) < 1e-4 * largest));
  });
});

test('a picture is cut to its middle: 227 of the 256 pixels of its largest square', async () => {
  const file = join(folder, 'wide.png');
  // 512 x 256: its columns from 128 to 384 are the square, whose column 14 is the first of the middle.
  const bytes = Buffer.from(
    Array.from({ length: 512 * 256 * 3 }, (_, at) => (Math.floor(at / 3) % 512) >> 1),
  );
  await sharp(bytes, { raw: { width: 512, height: 256, channels: 3 } })
    .png()
    .toFile(file);
  const pixels = await readPicture(file, PUBLISHED);
  assert.equal(pixels.length, SIDE * SIDE * 3);
  assert.equal(pixels[0], (128 + 14) >> 1);
  assert.equal(pixels[(SIDE - 1) * 3], (128 + 14 + SIDE - 1) >> 1);
});

test('a grey picture has three equal colours, and a file that is none is a problem', async () => {
  const grey = join(folder, 'grey.png');
  const pixel = { width: 300, height: 300, channels: 1 } as const;
  await sharp(Buffer.alloc(300 * 300, 77), { raw: pixel })
    .png()
    .toFile(grey);
  assert.deepEqual(new Set(await readPicture(grey, PUBLISHED)), new Set([77]));
  const text = join(folder, 'text.jpg');
  writeFileSync(text, 'no image');
  await assert.rejects(readPicture(text, PUBLISHED), { code: 'data-invalid' });
});

test('probabilities are the softmax, and the first of equal classes comes first', () => {
  const classes = predictedClasses(Float32Array.of(0, Math.log(3), 0, Math.log(3)));
  assert.deepEqual(
    classes.map(({ index }) => index),
    [1, 3, 0, 2],
  );
  for (const [place, probability] of [3 / 8, 3 / 8, 1 / 8].entries())
    assert.ok(Math.abs((classes[place]?.probability ?? NaN) - probability) < 1e-6);
});

test('pictures are classified by a checkpoint in batches, each as if alone; one that is broken is named', async () => {
  const input = [48, 48, 3] as const;
  const checkpoint = smallNetwork();
  const pictures = Array.from({ length: 18 }, (_, index) => join(folder, `${index}.png`));
  for (const [index, file] of pictures.entries()) {
    const background = { r: 14 * index, g: 200, b: 255 - 14 * index };
    await sharp({ create: { width: 80, height: 60 + index, channels: 3, background } }).toFile(file);
  }
  const broken = join(folder, 'broken.png');
  writeFileSync(broken, 'no picture');
  const task = {
    checkpoint,
    shortSide: 55,
    pictures: [...pictures.slice(0, 3), broken, ...pictures.slice(3)],
  };
  const found = await predictPictures(kindlingHome(), task);
  assert.deepEqual(
    found.pictures.map(({ file }) => file),
    pictures,
  );
  assert.equal(found.broken.length, 1);
  assert.match(found.broken[0] ?? '', /broken\.png cannot be read/);
  const read = readNetworkCheckpoint(checkpoint);
  for (const place of [0, 17]) {
    const pixels = await readPicture(pictures[place] ?? '', { input, shortSide: 55 });
    const alone = predictedClasses(logitsOf(read, pixels));
    const { predictions = [] } = found.pictures[place] ?? {};
    assert.equal(predictions.length, 4);
    for (const [rank, { index, probability, name }] of predictions.entries()) {
      assert.deepEqual([index, name], [alone[rank]?.index, `class ${index}`]);
      assert.ok(Math.abs(probability - (alone[rank]?.probability ?? NaN)) < 1e-6);
    }
    assert.ok(Math.abs(predictions.reduce((sum, { probability }) => sum + probability, 0) - 1) < 1e-6);
  }
});

test('an input of one channel takes a picture in grey', async () => {
  const file = join(folder, 'green.png');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#00ff00' } }).toFile(file);
  const pixels = await readPicture(file, { input: [28, 28, 1], shortSide: 28 });
  assert.equal(pixels.length, 28 * 28);
  assert.ok((pixels[0] ?? 0) > 100 && new Set(pixels).size === 1);
});

test('folders are searched for pictures, and one without any is a problem', () => {
  const nested = join(folder, 'nested');
  mkdirSync(join(nested, 'deep'), { recursive: true });
  assert.throws(() => namedPictures([nested]), { code: 'usage', message: /has no pictures/ });
  writeFileSync(join(nested, 'deep/c.HEIC'), '');
  assert.throws(() => namedPictures([nested]), {
    message: /has no pictures .* 1 file skipped because its format is not supported: 1 \.heic/,
  });
  for (const name of ['deep/b.JPG', 'a.png', 'notes.txt']) writeFileSync(join(nested, name), '');
  assert.deepEqual(namedPictures([nested, join(nested, 'notes.txt')]), {
    pictures: [join(nested, 'a.png'), join(nested, 'deep/b.JPG'), join(nested, 'notes.txt')],
    unread: [join(nested, 'deep/c.HEIC')],
  });
  assert.throws(() => namedPictures([join(folder, 'absent')]), { code: 'not-found' });
});

/** The picture of published-squeezenet.py. */
function waves(): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
    const [x, y] = [Math.floor(at / 3) % SIDE, Math.floor(at / (3 * SIDE))];
    const value = [
      128 + 100 * Math.sin(x / 17 + y / 29),
      100 + 90 * Math.cos(y / 23),
      60 + 50 * Math.sin((x - y) / 41),
    ];
    return Math.round(value[at % 3] ?? 0);
  });
}

test('one picture is explained: its classes, what the network sees, and where the evidence lies', async () => {
  const checkpoint = smallNetwork();
  const preprocessing = usualPreprocessing([48, 48, 3]);
  const explainer = pictureExplainer(kindlingHome());
  const file = join(folder, 'halves.png');
  const left = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#e04010' } })
    .png()
    .toBuffer();
  await sharp({ create: { width: 80, height: 60, channels: 3, background: '#1040e0' } })
    .composite([{ input: left, left: 0, top: 0 }])
    .toFile(file);
  const picture = { kind: 'file', name: 'halves.png', bytes: new Uint8Array(readFileSync(file)) } as const;
  const asked = { checkpoint, preprocessing, picture };
  const explain = (task: ExplanationTask, view = 'page') => explainer.explain(task, view);
  try {
    const gradCam = { method: 'grad-cam', layer: 'fire2/squeeze' } as const;
    const found = await explain({ ...asked, explanation: gradCam });
    const { pictures } = await predictPictures(kindlingHome(), {
      ...{ checkpoint, shortSide: preprocessing.shortSide, pictures: [file] },
    });
    const alone = pictures[0]?.predictions ?? [];
    assert.equal(found.predictions.length, 4);
    for (const [rank, { index, name, probability }] of found.predictions.entries()) {
      assert.deepEqual([index, name], [alone[rank]?.index, alone[rank]?.name]);
      assert.ok(Math.abs(probability - (alone[rank]?.probability ?? NaN)) < 1e-5);
    }
    const seen = await sharp(found.seen).raw().toBuffer();
    const pixels = await readPicture(file, { input: [48, 48, 3], shortSide: preprocessing.shortSide });
    assert.deepEqual(new Uint8Array(seen), pixels, 'it is shown as the network sees it');
    assert.match(found.preprocessing, /^80x60 pixels scaled to 73x55; short side 55, centre 48x48, /);
    assert.ok(found.map !== null && found.layer === 'fire2/squeeze');
    assert.ok(found.layers.includes('fire2/squeeze') && !found.layers.includes('input'));

    const last = await explain({ ...asked, explanation: { method: 'grad-cam', layer: null } });
    assert.equal(last.layer, found.layers.at(-1));
    const none = await explain({ ...asked, explanation: { method: 'grad-cam', layer: 'fire99' } });
    assert.deepEqual([none.map, none.layer], [null, null]);
    const gradients = await explain({ ...asked, explanation: { method: 'integrated-gradients' } });
    assert.ok(gradients.map !== null && gradients.layer === null);
    // of a layer in the middle of random weights there may be nothing that speaks for the class
    assert.deepEqual(
      [last, gradients].map(({ isEmpty }) => isEmpty),
      [false, false],
    );

    const broken = { ...picture, name: 'holiday.jpg', bytes: picture.bytes.slice(0, 40) };
    await assert.rejects(explain({ ...asked, picture: broken, explanation: gradCam }), {
      code: 'data-invalid',
      message: /holiday\.jpg cannot be read/,
    });

    // one in progress and one behind it; that of another view stays
    const gradientsOf = { ...asked, explanation: { method: 'integrated-gradients' } } as const;
    const ends = Promise.allSettled([explain(gradientsOf), explain(gradientsOf)]);
    const other = explain({ ...asked, explanation: gradCam }, 'other page');
    await new Promise((resolve) => setImmediate(resolve));
    explainer.cancel('page');
    for (const end of await ends) {
      assert.ok(end.status === 'rejected');
      assert.match(String(end.reason), /The explanation was cancelled\./);
    }
    assert.deepEqual((await other).predictions, found.predictions);
  } finally {
    explainer.close();
  }
});

/**
 * SqueezeNet of 48x48 pixels and four classes, as PyTorch saved it, whose last biases are raised so that its last ReLU
 * lets everything through: its logits differ and have gradients. Its checkpoint.
 */
function smallNetwork(): string {
  const fields = { version: '1.1', baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6 };
  const options = networkImportSchema.parse({ family: 'squeezenet', fields, input: [48, 48, 3] });
  const network = importNetwork(
    join(import.meta.dirname, '../../../fixtures/torch-networks/squeezenet.pt'),
    options,
  );
  const checkpoint = join(folder, 'network.safetensors');
  const tensors = network.tensors.map((tensor) =>
    tensor.name === 'conv10/bias' ? { ...tensor, values: tensor.values.map((value) => value + 1) } : tensor,
  );
  writeNetwork(checkpoint, { ...network, tensors });
  return checkpoint;
}
