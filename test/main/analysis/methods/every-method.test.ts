import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { comparedRuns } from '../../../../src-main/analysis/compared-runs.ts';
import { METHODS, runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import { specifySubject } from '../../../../src-main/analysis/specify-subject.ts';
import { SubjectCache } from '../../../../src-main/analysis/subject-cache.ts';
import type { Subject } from '../../../../src-main/analysis/subject.ts';
import { writeFiles } from '../../../../src-main/analysis/write-files.ts';
import { rangeOf } from '../../../../src-shared/metrics/value-kind.ts';
import { engine } from '../../engine/test-engine.ts';
import { analyzedStore } from '../analyzed-store.ts';
import type { AnalysisResult } from '../../../../src-shared/analysis/analysis-result.ts';
import { littleSettings } from '../little-settings.ts';
import { storage } from '../test-storage.ts';

test('every method runs on a run of a store, and finds what it says that it does, with intervals where it says so', async (context) => {
  const { store, folder, dataRoot, runs } = analyzedStore(context);
  const [run] = runs;
  const pause = (): Promise<void> => Promise.resolve();
  const cache = new SubjectCache(engine, pause, storage);
  const peer = (id: string): Subject => cache.subject(specifySubject(store, id, { dataRoot, data: null }));
  for (const method of METHODS) {
    await context.test(method.name, async () => {
      const compared = method.comparesRuns === true ? comparedRuns(store, run).settings : {};
      const shares: number[] = [];
      const told: AnalysisResult[] = [];
      const before = tf.memory().numTensors;
      const { results, files } = await runMethod(method, peer(run), littleSettings(method, compared), {
        progress: (share) => shares.push(share),
        found: (some) => told.push(...some),
        pause,
        peer,
      });
      assert.equal(tf.memory().numTensors, before, 'tensors are left behind');
      assert.ok(shares.every((share, at) => share >= (shares[at - 1] ?? 0)));
      assert.ok(Math.abs((shares.at(-1) ?? 0) - 1) < 1e-9, `the progress ends at ${shares.at(-1)}`);

      if (told.length > 0) assert.deepEqual(told, results, 'what is told layer by layer is what comes of it');

      const described = method.measures.map(({ name }) => name);
      const found = results.filter(({ value }) => value !== null).map(({ measure }) => measure);
      assert.deepEqual([...new Set(found)].toSorted(), described.toSorted());
      for (const { measure, layer, value, interval, baselines, method: name } of results) {
        const numbers = [value, ...(interval ?? []), ...Object.values(baselines)];
        const place = `${measure} of ${layer}: ${numbers.join(', ')}`;
        assert.equal(name, method.name);
        assert.ok(described.includes(measure), place);
        assert.ok(
          numbers.every((number) => number === null || Number.isFinite(number)),
          place,
        );
        if (interval !== null && value !== null)
          assert.ok(interval[0] <= value && value <= interval[1], place);
        const own = method.measures.find((each) => each.name === measure);
        assert.ok(own, place);
        const [least, most] = rangeOf(own);
        assert.ok(
          numbers.every((number) => number === null || (least - 1e-6 <= number && number <= most + 1e-6)),
          `${place} should be from ${least} to ${most}`,
        );
      }

      const says = !method.scatter.startsWith('No interval');
      const shows = results.some(({ interval }) => interval !== null);
      // an interval over other seeds takes two of them, of which the store has one
      const isOverSeeds = method.measures.some((measure) => measure.isOverSeeds === true);
      assert.equal(says, shows || isOverSeeds || method.scatter === '', method.scatter);

      assert.equal(new Set(files.map(({ file }) => file)).size, files.length);
      assert.ok(files.length > 0 || described.length > 0);
      const written = writeFiles(path.join(folder, method.name), files);
      for (const { file, title } of written) {
        assert.ok(title !== '');
        assert.ok(fs.statSync(path.join(folder, method.name, file)).size > 0);
      }
    });
  }
});
