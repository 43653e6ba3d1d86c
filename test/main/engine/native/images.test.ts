import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import v8 from 'node:v8';
import * as tf from '@tensorflow/tfjs';
import vm from 'node:vm';
import { openBatchSource } from '../../../../src-main/datasets/batch-source.ts';
import { canBeBytes, evaluationBytes, openByteSource } from '../../../../src-main/datasets/byte-batches.ts';
import { filledBatches } from '../../../../src-main/datasets/evaluation-batches.ts';
import { channelStatistics } from '../../../../src-main/datasets/normalization.ts';
import { tensors } from '../../../../src-main/engine/eager-training.ts';
import { CompiledProgram } from '../../../../src-main/engine/engines/tensorflow/compiled-program.ts';
import { imagesOnDevice } from '../../../../src-main/engine/engines/tensorflow/images-on-device.ts';
import { recordFunction } from '../../../../src-main/engine/engines/tensorflow/record-function.ts';
import { imageValues } from '../../../../src-main/engine/program-values.ts';
import type { Augmentation } from '../../../../src-shared/studies/recipe.ts';
import { recipeSchema } from '../../../../src-shared/studies/recipe.ts';
import type { HoldImages, ImageBytes } from '../../../../src-shared/training/image-bytes.ts';
import { randomPart } from '../../datasets/small-content.ts';
import { attributes, backend, execute, type Given, kernels, withAnyThreads, withEachSet } from './own-ops.ts';

v8.setFlagsFromString('--expose-gc');
const folder = mkdtempSync(path.join(tmpdir(), 'kindling-images-'));
after(() => rmSync(folder, { recursive: true }));

type ImageShape = readonly [height: number, width: number, channels: number];

/** What makes values of bytes, with all that it has made of some, one way or the other. */
interface Maker {
  readonly title: string;
  readonly hold: HoldImages;
  readonly valuesOf: (images: ImageBytes, shape: ImageShape) => Float32Array[];
}

/** With each instruction set and any number of threads. */
function byKernel({ memory, places, variations, table }: ImageBytes, shape: ImageShape): Float32Array[] {
  const [height, width, channels] = shape;
  const attrs = Object.entries({ height, width, channels }).map(([name, value]) =>
    attributes.integer(name, value),
  );
  const inputs = [memory, places, variations, table].map((values) => ({ shape: [values.length], values }));
  return withEachSet((set) => {
    const [found] = withAnyThreads(set, () => execute('KindlingImages', attrs, inputs, 1));
    return found?.values ?? assert.fail();
  });
}

const device = imagesOnDevice(backend);
const programs = new Map<string, CompiledProgram>();

/** Op by op, and compiled with the images on the device. */
function byDevice(images: ImageBytes, shape: ImageShape): Float32Array[] {
  const program = { fromBytes: device, graph: { input: shape } };
  const rows = images.places.length;
  const shapes = { memory: [], places: [rows], variations: [rows, 7], table: [shape[2], 256] };
  const inputs = tensors(program, imageValues(images), shapes);
  const { result, recorded } = recordFunction(backend, {
    ...{ name: 'values', inputs, state: [], compute: () => device.values(inputs, shape) },
    outputsOf: (values) => ({ outputs: { values }, state: [] }),
  });
  const eager = Float32Array.from(result.dataSync());
  tf.dispose([result, inputs]);
  const key = `${rows} ${shape.join()}`;
  const size = shape[0] * shape[1] * shape[2];
  const compiled =
    programs.get(key) ?? new CompiledProgram(backend.binding, [], [recorded()], { images: device, size });
  programs.set(key, compiled);
  const [replayed] = compiled.call('values', imageValues(images));
  return [eager, Float32Array.from(replayed ?? [])];
}

const MAKERS: readonly Maker[] = [
  { title: 'our kernel', hold: kernels.holdImages, valuesOf: byKernel },
  { title: 'the device', hold: device.hold, valuesOf: byDevice },
];

const AUGMENTATIONS: Augmentation[][] = [[], ['crop'], ['flip'], ['crop', 'flip', 'cutout']];
// some that are moved out of sight, enough to be shared out to threads
const SHAPES: ImageShape[] = [
  [6, 6, 3],
  [5, 7, 1],
  [3, 3, 3],
  [1, 1, 1],
  [32, 32, 3],
  [9, 2, 4],
];

test('a batch of bytes has the values and labels of the batch that a thread prepares, to the bit', async () => {
  for (const shape of SHAPES)
    for (const augment of AUGMENTATIONS) {
      const part = randomPart(50, shape, 5);
      const indices = Uint32Array.from({ length: 40 }, (_, place) => place + 5);
      const statistics = channelStatistics(part, indices);
      const recipe = recipeSchema.parse({ batch: 16, epochs: 2, augment, cutoutSize: 3, cropPadding: 3 });
      const plan = { part, pictures: null, indices, statistics, recipe, seed: 4 };
      assert.ok(canBeBytes(part, recipe));
      const expected = openBatchSource(plan);
      const makers = MAKERS.map((maker) => ({ ...maker, source: openByteSource(plan, maker.hold) }));
      for (const { source } of makers)
        assert.deepEqual(
          [source.stepsPerEpoch, source.totalSteps],
          [expected.stepsPerEpoch, expected.totalSteps],
        );
      for (let batch = expected.take(); batch !== null; batch = expected.take())
        for (const { title, source, valuesOf } of makers) {
          const bytes = source.take() ?? assert.fail();
          assert.deepEqual(
            [bytes.step, bytes.epoch, [...bytes.labels]],
            [batch.step, batch.epoch, [...batch.labels]],
          );
          for (const values of valuesOf(bytes.images, shape))
            assert.deepEqual(values, Float32Array.from(batch.images), `${title}, ${shape}, ${augment}`);
        }
      await expected.close();
      for (const { hold, source } of makers) {
        assert.equal(source.take(), null);
        await source.close();
        const goesOn = openByteSource({ ...plan, startStep: 3 }, hold);
        assert.equal(goesOn.take()?.step, 3);
        await goesOn.close();
      }
    }
});

for (const { title, hold, valuesOf } of MAKERS)
  test(`${title}: an evaluation in bytes has the values of one in values, of images in memory and in a file; the last batch counts what there is`, () => {
    const part = randomPart(11, [5, 3, 3], 4);
    const file = path.join(folder, 'test.bin');
    writeFileSync(file, Buffer.concat([Buffer.alloc(9), part.images]));
    const { count, shape, labels } = part;
    const indices = Uint32Array.from([10, 3, 3, 0, 7]);
    const statistics = channelStatistics(part, indices);
    for (const read of [
      part,
      { ...part, images: sharedCopy(part.images) },
      { count, shape, labels, file, at: 9 },
    ]) {
      const expected = filledBatches(part, indices, 4, statistics);
      const counts: number[] = [];
      for (const bytes of evaluationBytes(read, indices, 4, statistics, hold)) {
        const batch = expected.next().value ?? assert.fail();
        counts.push(bytes.count);
        assert.deepEqual(
          [...bytes.labels.subarray(0, bytes.count)],
          [...batch.labels.subarray(0, bytes.count)],
        );
        const size = bytes.count * 45;
        for (const values of valuesOf(bytes.images, shape))
          assert.deepEqual(values.subarray(0, size), batch.images.subarray(0, size));
      }
      assert.deepEqual(counts, [4, 1]);
    }
  });

/** Shared with other threads, and at no even address. */
function sharedCopy(images: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(images.length + 3), 3);
  copy.set(images);
  return copy;
}

const hold = kernels.holdImages;

test('what is turned, cut at another scale or read from a file is not given as bytes', () => {
  const part = randomPart(4, [2, 2, 3], 2);
  const augmented = (augment: Augmentation[]) => recipeSchema.parse({ augment });
  assert.equal(canBeBytes(part, augmented(['crop', 'rotation'])), false);
  assert.equal(canBeBytes(part, augmented(['resized-crop'])), false);
  const inFile = { count: 4, shape: part.shape, labels: part.labels, file: 'training.bin', at: 0 };
  assert.equal(canBeBytes(inFile, augmented([])), false);
});

test('memory, places, variations and a table that do not belong together are refused before anything is read', () => {
  const attrs = ['height', 'width', 'channels'].map((name) => attributes.integer(name, 3));
  const integers = (...values: number[]) => ({ shape: [values.length], values: Int32Array.from(values) });
  const unvaried = integers(0, 0, 0, 0, 0, 0, 0);
  const table = { shape: [768], values: new Float32Array(768) };
  const [five, odd] = [hold(new Uint8Array(5 * 27)), hold(new Uint8Array(28))];
  const number = integers(five.number);
  const refused = (message: RegExp, ...inputs: readonly Given[]) =>
    assert.throws(() => execute('KindlingImages', attrs, inputs, 1), message);
  assert.equal(execute('KindlingImages', attrs, [number, integers(4), unvaried, table], 1).length, 1);
  refused(/there is no image 5 of 5/, number, integers(5), unvaried, table);
  refused(/there is no image -1 of 5/, number, integers(-1), unvaried, table);
  refused(/memory is of another size/, integers(odd.number), integers(0), unvaried, table);
  refused(/memory is not one number/, integers(five.number, odd.number), integers(0), unvaried, table);
  refused(/not one variation for each image/, number, integers(0, 1), unvaried, table);
  refused(/other channels/, number, integers(0), unvaried, { shape: [256], values: new Float32Array(256) });
  for (let times = 0; times < 2; times++) five.letGo();
  refused(/memory is not held/, number, integers(0), unvaried, table);
  const next = hold(new Uint8Array(27));
  assert.notEqual(next.number, five.number, 'what names memory that was let go finds no other');
  refused(/memory is not held/, number, integers(0), unvaried, table);
  for (const memory of [odd, next]) memory.letGo();
});

test('memory that is held outlives everything else that knew of it', () => {
  const attrs = ['height', 'width', 'channels'].map((name) => attributes.integer(name, 1));
  const collect = vm.runInNewContext('gc') as () => void;
  const held = Array.from({ length: 50 }, (_, image) => hold(new Uint8Array(100_000).fill(image)));
  collect();
  for (let i = 0; i < 50; i++) new Uint8Array(100_000).fill(255);
  const table = { shape: [256], values: Float32Array.from({ length: 256 }, (_, byte) => byte) };
  const unvaried = { shape: [7], values: new Int32Array(7) };
  for (const [image, memory] of held.entries()) {
    const inputs = [memory.number, 99_999].map((value) => ({ shape: [1], values: Int32Array.of(value) }));
    const [found] = execute('KindlingImages', attrs, [...inputs, unvaried, table], 1);
    assert.deepEqual([...(found?.values ?? [])], [image]);
    memory.letGo();
  }
});
