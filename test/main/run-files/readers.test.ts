import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readRunFiles } from '../../../src-main/run-files/read-run-files.ts';
import type { ForeignRuns } from '../../../src-shared/imports/foreign-runs.ts';
import { importSettingsSchema } from '../../../src-shared/imports/import-settings.ts';
import { type ImportPlan, planImport } from '../../../src-shared/imports/plan-import.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/foreign-runs');
const fixture = (name: string): string => join(FIXTURES, name);

/** What was logged by each of the programs (make-runs.py). */
interface Expected {
  readonly name: string;
  readonly config: { readonly width: number; readonly lr: number; readonly seed: number };
  readonly history: Readonly<Record<'val/acc' | 'train/loss' | 'test/acc', readonly number[]>>;
}
const EXPECTED = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Expected[];
const STEPS = [10, 20, 30];

function planned(found: ForeignRuns): ImportPlan {
  return planImport(found, importSettingsSchema.parse({}), 'widths');
}

const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  'TensorBoard, as PyTorch writes it': ['tensorboard'],
  'TensorBoard, as TensorFlow 2 writes it': ['tensorboard-keras'],
  'MLflow, file store': ['mlruns'],
  'MLflow, table of a search': ['mlflow.csv'],
  'W&B, table of runs and histories': [
    'wandb.csv',
    ...EXPECTED.map(({ name }) => `wandb-history/${name}.json`),
  ],
  'Aim, metrics with the settings of their runs': ['aim-metrics.csv'],
  'Aim, runs and metrics': ['aim.csv', 'aim-metrics.csv'],
};

for (const [title, files] of Object.entries(EXPORTS))
  test(`${title}: settings, seeds, results and curves are those that were logged, to the last digit`, () => {
    const found = readRunFiles(files.map(fixture));
    const { definition, mistakes, runs, cells, curves } = planned(found);
    assert.deepEqual(mistakes, []);
    assert.deepEqual(definition.factors.toSorted(), ['factor.lr', 'factor.width']);
    const factorsOf = new Map(cells.map(({ id, factors }) => [id, factors]));
    const complete = runs.filter(({ state }) => state === 'complete');
    const keyed = new Map(
      complete.map((run) => {
        const factors = factorsOf.get(run.cell) ?? {};
        return [`${String(factors['factor.width'])} ${String(factors['factor.lr'])} ${run.seed}`, run];
      }),
    );
    assert.equal(keyed.size, EXPECTED.length);
    const hasCurves = !files.includes('mlflow.csv');
    for (const { config, history } of EXPECTED) {
      const run = keyed.get(`${config.width} ${config.lr} ${config.seed}`);
      assert.deepEqual(run?.metrics, {
        testAccuracy: history['test/acc'][0],
        validationAccuracy: history['val/acc'].at(-1),
        trainingLoss: history['train/loss'].at(-1),
      });
      if (!hasCurves) continue;
      const { step, validationAccuracy, trainingLoss } = run.points.epoch ?? {};
      assert.deepEqual(
        [step, validationAccuracy, trainingLoss],
        [STEPS, history['val/acc'], history['train/loss']],
      );
    }
    if (hasCurves)
      assert.deepEqual(curves.flatMap(({ metric }) => metric ?? []).toSorted(), [
        'trainingLoss',
        'validationAccuracy',
      ]);
  });

test('a run that failed in MLflow is one that does not count, in both of its exports', () => {
  for (const file of ['mlruns', 'mlflow.csv']) {
    const { runs, definition } = planned(readRunFiles([fixture(file)]));
    assert.deepEqual(
      runs
        .filter(({ state }) => state !== 'complete')
        .map(({ state, seed, note, failure }) => [state, seed, note, failure?.code]),
      [['failed', 2, 'crashed', 'failed-elsewhere']],
      file,
    );
    assert.equal(definition.imported.seed, 'params.seed');
  }
});

test('a point that is not finite is one without a value, and makes no percentage of its curve', (context) => {
  const folder = temporaryFolder(context);
  cpSync(fixture('mlruns'), folder, { recursive: true });
  const files = readdirSync(folder, { recursive: true }).map(String).sort();
  const [file = ''] = files.filter((each) => each.endsWith(join('metrics', 'val', 'acc')));
  writeFileSync(join(folder, file), `0 inf 5\n${readFileSync(join(folder, file), 'utf8')}`);
  const { runs, curves, mistakes } = planned(readRunFiles([folder]));
  assert.deepEqual(mistakes, []);
  assert.equal(curves.find(({ tag }) => tag === 'val/acc')?.isPercent, false);
  const longer = runs.filter(({ points }) => points.epoch?.['step']?.includes(5));
  const [, , last = ''] = readFileSync(join(folder, file), 'utf8').trim().split('\n').slice(1);
  assert.deepEqual(
    longer.map(({ points }) => [
      points.epoch?.['validationAccuracy']?.at(0),
      points.epoch?.['validationAccuracy']?.at(-1),
    ]),
    [[null, Number(last.split(' ')[1])]],
  );
});

test('epochs and times are those of the source', () => {
  const wandb = planned(
    readRunFiles(['wandb.csv', ...EXPECTED.map(({ name }) => `wandb-history/${name}.json`)].map(fixture)),
  );
  assert.deepEqual(
    wandb.runs.map(({ stepsPerEpoch }) => stepsPerEpoch),
    EXPECTED.map(() => 10),
  );
  const tensorboard = planned(readRunFiles([fixture('tensorboard')]));
  // w16-0.05-s0 by PyTorch's writer, at known times
  const run = tensorboard.runs.find(({ note }) => note === 'w16-0.05-s0');
  assert.deepEqual([run?.stepsPerEpoch, run?.points.epoch?.['seconds']], [null, [0, 10, 20]]);
});

test('an event file that ends within a record is read up to it, and that is told; another file is refused by name', (context) => {
  const folder = temporaryFolder(context);
  cpSync(fixture('tensorboard/w8-0.1-s0'), folder, { recursive: true });
  const file = 'events.out.tfevents.cut';
  const name = readdirSync(folder).find((each) => each.endsWith('.pytorch')) ?? '';
  const bytes = readFileSync(join(folder, name));
  writeFileSync(join(folder, name), bytes.subarray(0, bytes.length - 3));
  const cut = readRunFiles([folder]);
  assert.match(cut.notes.join(' '), /1 event file ends within a record/);
  writeFileSync(join(folder, file), 'no event file');
  assert.match(readRunFiles([folder]).notes.join(' '), /2 event files/);
});
