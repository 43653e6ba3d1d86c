import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { markdown } from '../../../scripts/bench/gpu/report.ts';
import { countOperations } from '../../../scripts/bench/operations/count-operations.ts';
import { runStep, type Step } from '../../../scripts/bench/gpu/step.ts';
import {
  checkCounts,
  failedTests,
  missingChecks,
  type StepsWanted,
  stepsWith,
  studyFiles,
} from '../../../scripts/bench/gpu/steps.ts';
import type { EngineInstallation } from '../../../src-main/engine/installations/installation.ts';
import type { MeasuredSpeed } from '../../../scripts/bench/train/measured-speed.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kindling-bench-gpu-'));
after(() => rmSync(folder, { recursive: true }));

function step(name: string, script: string, more: Partial<Step> = {}): Step {
  return { name, about: `about ${name}`, command: ['-e', script], environment: {}, ...more };
}

const engine = { name: 'tensorflow-gpu', engine: 'tensorflow', kind: 'gpu' } as EngineInstallation;
const wanted: StepsWanted = { engine, environment: { A: 'b' }, data: 'shapes', folder, quick: false };

test('a step tells its last line and keeps what it wrote; one that fails tells why, and ends nothing', async () => {
  const well = await runStep(step('well', 'console.log("some\\nlast")'), folder);
  assert.deepEqual([well.status, well.result], [0, 'last']);
  assert.match(readFileSync(path.join(folder, 'well.log'), 'utf8'), /some\nlast/);
  const wrong = await runStep(step('wrong', 'console.error("no card"); process.exit(3)'), folder);
  assert.equal(wrong.result, 'failed (3): no card');
  const tests = 'ok 1 - one\nnot ok 2 - two\n# pass 1\n# fail 1\n# skipped 0\n# duration_ms 3';
  const script = `console.log(${JSON.stringify(tests)}); process.exit(1)`;
  const failed = await runStep(step('failed', script, { failure: failedTests }), folder);
  assert.equal(failed.result, 'failed (1): 1 passed, 1 failed, 0 skipped: two');
  const crashed = 'console.error("it crashed"); process.exit(1)';
  assert.equal(
    (await runStep(step('crashed', crashed, { failure: failedTests }), folder)).result,
    'failed (1): it crashed',
  );
  const killed = await runStep(step('killed', 'process.kill(process.pid, "SIGKILL")'), folder);
  assert.match(killed.result, /^failed \(ended by a signal\)/);
});

test('all steps compute with the engine, tests in its environment, which PyTorch must not have; TensorFloat-32, layouts and groups are compared on NVIDIA cards only', () => {
  const steps = stepsWith(wanted);
  for (const { name, environment } of steps)
    assert.deepEqual(
      [environment['KINDLING_ENGINE'], environment['A']],
      ['tensorflow-gpu', name === 'tests' ? 'b' : undefined],
    );
  const names = (some: Partial<EngineInstallation>): string[] =>
    stepsWith({ ...wanted, engine: { ...engine, ...some } }).map(({ name }) => name);
  for (const name of ['speed-float32', 'speed-nhwc', 'fuse-nhwc', 'fuse-convolutions', 'fuse-apart'])
    assert.deepEqual([names({}).includes(name), names({ kind: 'cpu' }).includes(name)], [true, false], name);
  assert.ok(names({ kind: 'cpu' }).includes('speed-bfloat16'));
  for (const name of ['analyses', 'speed-bfloat16']) assert.ok(!names({ engine: 'webgpu' }).includes(name));
  for (const some of [{}, { engine: 'webgpu' }])
    for (const name of ['profile', 'images-16']) assert.ok(names(some).includes(name));
  assert.ok(!names({ engine: 'webgpu' }).includes('profile-xla'));
  for (const name of ['profile', 'images-16']) assert.ok(!names({ engine: 'javascript' }).includes(name));
  const isAsked = (some: Partial<EngineInstallation>): boolean | undefined =>
    stepsWith({ ...wanted, engine: { ...engine, ...some } })
      .find(({ name }) => name === 'speed')
      ?.command.includes('--xla');
  assert.deepEqual([isAsked({}), isAsked({ engine: 'webgpu' })], [true, false]);
  assert.equal(steps.find(({ name }) => name === 'tests')?.environment['NVIDIA_TF32_OVERRIDE'], '0');
});

test('the checks of doctor are counted by what they say', () => {
  const states = ['ok', 'ok', 'warning', 'missing'].map((state) => ({ name: 'Any', state, message: 'what' }));
  assert.equal(checkCounts(JSON.stringify(states)), '2 ok, 1 warning, 1 missing');
  // doctor ends with 1 where something is missing
  assert.equal(missingChecks(JSON.stringify(states)), 'Any: what');
  assert.deepEqual([missingChecks(''), missingChecks(JSON.stringify(states.slice(0, 3)))], [null, null]);
});

test('the studies that are trained are studies', () => {
  for (const quick of [false, true])
    for (const { file, text } of studyFiles({ ...wanted, quick }))
      assert.ok(parseStudy(text, file).cells.length > 0);
  const sweep = studyFiles(wanted).find(({ file }) => file.endsWith('sweep.yaml'));
  const { cells, definition } = parseStudy(sweep?.text ?? '', 'sweep.yaml');
  assert.deepEqual([cells.length, definition.seeds.length], [20, 6]);
});

test('the page has a row for each step and the images/s, with what failed', async () => {
  const ratio = { median: 1.5, low: 1.4, high: 1.6 };
  const measured: MeasuredSpeed = {
    ...{ network: 'squeezenet', batch: 128, devices: ['GPU:0 X', 'X'], processes: 1, rounds: 3 },
    ...{ imagesPerSecond: { compiled: 150, pytorch: 100 }, failures: { pytorchGraphs: 'no Triton' } },
    ...{ firstStepSeconds: { compiled: 2, xla: 30 }, compiledOverEager: ratio, compiledOverOwnEager: ratio },
    ...{
      ...{
        compiledOverFed: null,
        compiledOverFloat32: null,
        compiledOverXla: null,
        compiledOverPyTorch: ratio,
      },
      compiledOverPyTorchUnread: null,
      compiledOverPyTorchTuned: null,
    },
  };
  const said = { cores: 2, engine: 'e', ratios: [measured] };
  const compared = [{ networks: 2, fusedOverOneByOne: ratio, fusedOverTrainers: ratio }];
  const fused = { cores: 2, results: [{ network: 'squeezenet', batch: 128, oneByOne: 90, compared }] };
  const counted = countOperations({ squeezenet: ['Relu', 'Conv2D', 'Conv2D'], shufflenet: ['Conv2D'] });
  const operations = { cores: 2, engine: 'e', counted };
  const steps = [
    await runStep(step('speed', `console.log(${JSON.stringify(JSON.stringify(said))})`), folder),
    await runStep(step('fuse', `console.log(${JSON.stringify(JSON.stringify(fused))})`), folder),
    await runStep(step('fuse-apart', `console.log(${JSON.stringify(JSON.stringify(fused))})`), folder),
    await runStep(step('operations', `console.log(${JSON.stringify(JSON.stringify(operations))})`), folder),
    await runStep(step('analyses', 'process.exit(1)'), folder),
  ];
  const text = markdown([{ title: 'engine on X', driver: '570', steps }]);
  assert.match(text, /### engine on X, driver 570/);
  assert.match(text, /\| analyses +\| about analyses +\| failed \(1\)/);
  assert.match(text, /\| squeezenet +\| 128 +\| 150 +\| 100 +\| no Triton +\| 1\.50 \(1\.40 to 1\.60\)/);
  const ofFused = [...text.matchAll(/\| squeezenet +\| 128 +\| 2 +\| 90 +\| 1\.50 \(1\.40 to 1\.60\)/g)];
  assert.equal(ofFused.length, 2);
  assert.match(text, /\| all +\| 3 +\| 1 +\|\n\| Conv2D +\| 2 +\| 1 +\|\n\| Relu +\| 1 +\| 0 +\|/);
  assert.match(text, /in images\/s, on GPU:0 X, X/);
  assert.match(text, /compiled 2\.0 s, with XLA 30\.0 s/);
});
