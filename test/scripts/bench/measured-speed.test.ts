import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measuredSpeed } from '../../../scripts/bench/train/measured-speed.ts';
import { speedTable } from '../../../scripts/bench/train/speed-table.ts';

const SETTING = {
  ...{ network: 'squeezenet', batch: 32, devices: ['CPU'], processes: 1, rounds: 2 },
  firstStepSeconds: { compiled: 0.4, pytorchCompile: 37 },
  failures: {},
};

test('the compiled step is compared with the better of PyTorch in each round', () => {
  const speeds = { compiled: [100, 100], shipped: [50, 50], pytorch: [50, 80], pytorchCompile: [80, 40] };
  const { compiledOverPyTorch, compiledOverPyTorchTuned } = measuredSpeed(SETTING, speeds);
  assert.deepEqual(compiledOverPyTorch, { median: 1.25, low: 1.25, high: 1.25 });
  assert.equal(compiledOverPyTorchTuned, null);
});

test('where torch.compile fails, the others are compared, and the reason is told', () => {
  const failures = { pytorchTunedCompile: 'no C++ compiler' };
  const speeds = { compiled: [100, 100], shipped: [50, 50], pytorchTuned: [80, 50] };
  const measured = measuredSpeed({ ...SETTING, failures }, speeds);
  assert.deepEqual(measured.compiledOverPyTorchTuned, { median: 1.625, low: 1.25, high: 2 });
  const table = speedTable([measured]);
  assert.match(table, /failed/);
  assert.match(table, /torch\.compile tuned could not be measured: no C\+\+ compiler/);
  assert.match(
    table,
    /until the first compiled step, not in the images\/s: compiled 0\.4 s, torch\.compile 37\.0 s/,
  );
});

test('without the compiled step there is nothing to compare', () => {
  assert.throws(() => measuredSpeed({ ...SETTING, failures: { compiled: 'no memory' } }, {}), /no memory/);
});
