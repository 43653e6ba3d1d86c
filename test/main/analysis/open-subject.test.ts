import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { specifySubject } from '../../../src-main/analysis/specify-subject.ts';
import { SubjectCache } from '../../../src-main/analysis/subject-cache.ts';
import type { WeightValues } from '../../../src-main/analysis/subject.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { splitState } from '../../../src-main/engine/state-layout.ts';
import { createTrainingProgram } from '../../../src-main/engine/training-program.ts';
import { mean, standardDeviation } from '../../../src-shared/statistics/interval.ts';
import { engine } from '../engine/test-engine.ts';
import { analyzedStore } from './analyzed-store.ts';
import { storage } from './test-storage.ts';

test('an analysis refuses images whose labels were overwritten in place', (context) => {
  const { store, runs, dataRoot } = analyzedStore(context);
  const subject = new SubjectCache(engine, () => Promise.resolve(), storage).subject(
    specifySubject(store, runs[0] ?? '', { dataRoot, data: null }),
  );
  for (const part of ['training', 'test']) {
    const file = path.join(dataRoot, 'shapes', `${part}.bin`);
    const bytes = fs.readFileSync(file);
    const changed = {
      code: 'data-invalid',
      message: /its images or labels have changed since they were added/,
    };
    fs.writeFileSync(file, Buffer.concat([Buffer.from([bytes[0] === 0 ? 1 : 0]), bytes.subarray(1)]));
    assert.throws(() => subject.evaluationSet(20), changed, part);
    assert.throws(() => subject.trainingSet(20), changed, part);
    fs.writeFileSync(file, bytes);
  }
  assert.ok(subject.evaluationSet(20).count > 0);
});

test('the validation set is of the images that training kept for it, and has none of the training set', (context) => {
  const { store, runs, dataRoot } = analyzedStore(context);
  const specification = specifySubject(store, runs[0] ?? '', { dataRoot, data: null });
  assert(specification.kind === 'run');
  const cache = new SubjectCache(engine, () => Promise.resolve(), storage);
  const subject = cache.subject(specification);
  const [kept, trained] = [subject.validationSet(1000), subject.trainingSet(1000)];
  assert.ok(kept.count > 0);
  assert.ok(kept.indices.every((image) => !trained.indices.includes(image)));
  const without = cache.subject({ ...specification, validationShare: 0 });
  assert.throws(() => without.validationSet(20), {
    code: 'usage',
    message: /kept no images for validation: choose part=test/,
  });
});

test('fresh weights are no run’s initial ones, yet drawn as those are', (context) => {
  const { store, runs, dataRoot } = analyzedStore(context);
  const cache = new SubjectCache(engine, () => Promise.resolve(), storage);
  for (const run of runs) {
    const subject = cache.subject(specifySubject(store, run, { dataRoot, data: null }));
    const { graph } = subject;
    const { recipe, seed } = subject.training();
    const initial = initialWeights(seed);
    assert.deepEqual(subject.weights('initial'), initial);
    for (const draw of [0, 1, 2]) {
      const fresh = subject.freshWeights(draw);
      assert.deepEqual(subject.freshWeights(draw), fresh);
      for (const { name, initializer } of graph.layers.flatMap(({ weights }) => weights)) {
        const [drawn = [], begun = []] = [fresh.get(name), initial.get(name)];
        if (initializer.kind === 'constant') {
          assert.deepEqual(drawn, begun);
          continue;
        }
        assert.ok(
          drawn.every((value, at) => value !== begun[at]),
          name,
        );
        const wanted = initializer.kind === 'normal' ? initializer.std : initializer.limit / Math.sqrt(3);
        // five standard errors of mean and deviation of so many normal values; those of uniform ones are smaller
        const bound = (5 * wanted) / Math.sqrt(drawn.length);
        assert.ok(Math.abs(mean([...drawn])) < bound, name);
        assert.ok(Math.abs(standardDeviation([...drawn]) - wanted) < bound, name);
      }
    }

    function initialWeights(ofSeed: number): WeightValues {
      const program = createTrainingProgram(graph, recipe, engine.operations);
      const [parameters = new Float32Array(), statistics = new Float32Array()] = initialState(
        program,
        ofSeed,
      );
      return splitState(program.layout, parameters, statistics);
    }
  }
});

test('of the runs of an analysis those stay open that were asked for last', (context) => {
  const { store, runs, dataRoot } = analyzedStore(context);
  const cache = new SubjectCache(engine, () => Promise.resolve(), storage);
  const specification = specifySubject(store, runs[0] ?? '', { dataRoot, data: null });
  assert(specification.kind === 'run');
  const open = (seed: number) => cache.subject({ ...specification, seed });
  const first = Array.from({ length: 16 }, (_, seed) => open(seed));
  assert.equal(open(0), first[0]);
  open(16);
  assert.equal(open(0), first[0]);
  assert.equal(open(2), first[2]);
  assert.notEqual(open(1), first[1]);
});
