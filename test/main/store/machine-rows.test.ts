import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../../src-main/store/open-store.ts';
import { keepSample, type MachineSample, MOST_SAMPLES } from '../../../src-shared/machine/machine-sample.ts';
import { CARD, sampleAt } from '../../fixtures/machine-samples.ts';
import { studyInput, temporaryFolder } from './sample-study.ts';

test('the store keeps of samples what `keepSample` does, until the study is deleted', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  assert.deepEqual(store.machineSamples('sample'), []);
  let kept: MachineSample[] = [];
  // a pause, and a few more than are kept as they are
  for (let place = 1; place <= MOST_SAMPLES + 40; place++) {
    const at = 2 * place + (place > MOST_SAMPLES / 2 ? 3600 : 0);
    const sample = sampleAt(at, { busyCores: place / 1000, cards: place % 2 === 0 ? [CARD] : [] });
    kept = keepSample(kept, sample);
    store.addMachineSample('sample', sample);
  }
  assert.deepEqual(store.machineSamples('sample'), kept);
  assert.ok(kept.length <= MOST_SAMPLES);

  store.addMachineSample('none', sampleAt(2));
  assert.deepEqual(store.machineSamples('none'), []);
  store.trashStudy('sample');
  assert.deepEqual(store.machineSamples('sample'), []);
  store.restoreStudy('sample');
  assert.equal(store.machineSamples('sample').length, kept.length);
  store.trashStudy('sample');
  store.deleteTrashed(null);
  store.saveStudy(studyInput());
  assert.deepEqual(store.machineSamples('sample'), []);
});
