import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { batchSize } from '../../../src-main/analysis/compute-features.ts';
import { findStrongest } from '../../../src-main/analysis/pictures/find-strongest.ts';
import type { Subject } from '../../../src-main/analysis/subject.ts';
import { salientParts } from '../../../src-main/analysis/windows/saliency-maps.ts';
import type { CompiledForward, ForwardProgram } from '../../../src-main/engine/engine.ts';
import { assertClose, graphOf, TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';
import { smallSubject } from './small-subject.ts';

/** So large that few make a batch, and more than a few batches of them are few; the last one is not full. */
const [SIDE, IMAGES] = [96, 60];

const SUBJECT = smallSubject(graphOf({ ...TINY, batchNorm: true, bypass: 'complex' }, SIDE));
const step = (): Promise<void> => Promise.resolve();

/** Numbers of many images, in one row. */
const PASSES: Readonly<Record<string, (subject: Subject) => Promise<number[]>>> = {
  'the strongest images': async (subject) => {
    const { layers } = subject;
    const set = subject.evaluationSet(IMAGES);
    const wanted = { weights: subject.weights('last'), set, layers, top: 5, step };
    const found = [...(await findStrongest(subject, wanted)).values()];
    return found.flatMap((strongest, place) =>
      Array.from({ length: layers[place]?.output[2] ?? 0 }, (_, channel) => strongest.of(channel))
        .flat()
        // where values are equal but for rounding, image and place may be others
        .map(({ value }) => value),
    );
  },
  'saliency maps': async (subject) => {
    const { maps } = await salientParts(subject, IMAGES, step);
    return maps.flatMap(({ values }) => [...values]);
  },
};

for (const [what, compute] of Object.entries(PASSES))
  test(`${what}: replayed as eagerly, and no tensor is left`, async () => {
    let replays = 0;
    const compileForward = (program: ForwardProgram): CompiledForward => {
      assert.ok(engine.compileForward);
      const compiled = engine.compileForward(program);
      return {
        ...compiled,
        call: (...given) => {
          replays++;
          return compiled.call(...given);
        },
      };
    };
    const before = tf.memory().numTensors;
    const found = await compute({ ...SUBJECT, engine: { ...engine, compileForward } });
    const expected = await compute({ ...SUBJECT, engine: { ...engine, compileForward: null } });
    // what is not proven by its first batch is not called again
    assert.equal(replays, Math.ceil(IMAGES / batchSize(SUBJECT.graph)));
    assert.equal(tf.memory().numTensors, before);
    assert.equal(found.length, expected.length);
    assert.ok(expected.some((value) => value !== 0));
    // fused kernels round otherwise
    assertClose(Float32Array.from(found), Float32Array.from(expected), 1e-4, what);
  });
