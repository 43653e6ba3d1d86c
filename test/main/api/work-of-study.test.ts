import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studyToMeasure, workOf } from '../../../src-main/api/work-of-study.ts';
import { isMeasured, meanStepMacs } from '../../../src-shared/studies/measured-trainers.ts';
import { STUDY, sampleStudy, sampleSurroundings } from '../scheduler/sample-execution.ts';

test('what is measured for a study is found by its plan, even where no cell is like their mean', () => {
  const study = sampleStudy(STUDY.replace(/vary:.*/, 'vary: { network.baseE: [4, 8, 16, 512] }'));
  const { description } = sampleSurroundings().dataset;
  const { runs, alike, family, stepMacs } = workOf(study, description, new Map());
  assert.deepEqual([runs, alike, family], [8, 2, 'squeezenet']);
  const { subject, ...measured } = studyToMeasure(study, description, { stepMacs }) ?? assert.fail();
  const record = [{ ...measured, network: '', batch: 10, jobs: 2, gain: { median: 1, low: 1, high: 1 } }];
  const wholes = study.cells.map((cell) => ({ ...cell, runs: 2 }));
  assert.ok(!isMeasured(record, { family, stepMacs: meanStepMacs(wholes) }));
  assert.ok(isMeasured(record, { family, stepMacs }));
  assert.equal(subject.network['baseE'], 512);
});

test('what is measured in one precision says nothing of another', () => {
  const { description } = sampleSurroundings().dataset;
  const [float32, bfloat16] = ['float32', 'bfloat16'].map((precision) => {
    const study = sampleStudy(STUDY.replace(/vary:.*/, `vary: { training.precision: [${precision}] }`));
    return workOf(study, description, new Map());
  });
  assert.deepEqual([float32?.family, bfloat16?.family], ['squeezenet', 'squeezenet in bfloat16']);
  assert.equal(float32?.stepMacs, bfloat16?.stepMacs);
});

test('cells of one network that differ in the course of the learning rate, in weight decay, label smoothing or augmentation go together', () => {
  const { description } = sampleSurroundings().dataset;
  const alikeIn = (vary: string): number =>
    workOf(sampleStudy(STUDY.replace(/vary:.*/, `vary: { ${vary} }`)), description, new Map()).alike;
  assert.equal(alikeIn('training.learningRate: [0.1, 0.05], training.epochs: [1, 2]'), 8);
  assert.equal(alikeIn('training.augment: [[], [flip], [rotation]]'), 4);
  assert.equal(alikeIn('training.weightDecay: [0, 1e-3]'), 4);
  assert.equal(alikeIn('training.labelSmoothing: [0, 0.1]'), 4);
  for (const apart of ['momentum: [0, 0.9]', 'batch: [2, 4]'])
    assert.equal(alikeIn(`training.${apart}`), 2, apart);
});
