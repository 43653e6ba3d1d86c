import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { likelyClasses, publishedLogits } from '../../../../src-main/analysis/published/classify.ts';
import { readPicture } from '../../../../src-main/analysis/published/read-picture.ts';
import { publishedCheckpoint } from '../../../../src-main/compression/published/published-checkpoint.ts';
import { readPublishedNetwork } from '../../../../src-main/compression/published/published-network.ts';
import { networkModel } from '../../../../src-main/exports/onnx/network-model.ts';
import { publishedBytes, withoutPublishedFile } from '../../compression/published-file.ts';
import { engine } from '../../engine/test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-published-'));
after(() => rmSync(folder, { recursive: true }));

const SIDE = 227;

describe('the published network', { skip: withoutPublishedFile }, () => {
  const network = withoutPublishedFile ? null : readPublishedNetwork(publishedBytes(), 'published.net');

  test("has the logits of Caffe's layouts, blue first, in NumPy; ONNX Runtime has the engine's", async () => {
    assert.ok(network !== null);
    const file = new URL('../../../fixtures/published-squeezenet.json', import.meta.url);
    const expected = JSON.parse(readFileSync(file, 'utf8')) as { logits: number[]; likely: number[] };
    const found = publishedLogits(network, engine.operations, waves());
    const largest = Math.max(...expected.logits);
    assert.ok(
      expected.logits.every((logit, index) => Math.abs(logit - (found[index] ?? NaN)) < 1e-4 * largest),
    );
    assert.deepEqual(
      likelyClasses(found, 5).map(({ index }) => index),
      expected.likely,
    );
    const { graph, weights } = network;
    const { mean, std, metadata } = publishedCheckpoint(network);
    const about = { name: 'published', description: '', softmax: false };
    const session = await InferenceSession.create(
      networkModel({ ...about, graph, weights, mean, std, metadata }),
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
  const pixels = await readPicture(file);
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
  assert.deepEqual(new Set(await readPicture(grey)), new Set([77]));
  const text = join(folder, 'text.jpg');
  writeFileSync(text, 'no image');
  await assert.rejects(readPicture(text), { code: 'data-invalid' });
});

test('probabilities are the softmax, and the first of equal classes comes first', () => {
  const classes = likelyClasses(Float32Array.of(0, Math.log(3), 0, Math.log(3)), 3);
  assert.deepEqual(
    classes.map(({ index }) => index),
    [1, 3, 0],
  );
  for (const [place, probability] of [3 / 8, 3 / 8, 1 / 8].entries())
    assert.ok(Math.abs((classes[place]?.probability ?? NaN) - probability) < 1e-6);
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
