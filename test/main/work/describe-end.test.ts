import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerEnd } from '../../../src-main/work/carrier.ts';
import { describeEnd } from '../../../src-main/work/describe-end.ts';

const describe = (end: WorkerEnd) => describeEnd(end, 'The trainer', 'fewer jobs');

test('a death is told with its signal or exit code, and its last words', () => {
  const errorOutput = 'Error: no such file\n    at open\n';
  assert.equal(
    describe({ exitCode: 3, signal: null, errorOutput }),
    'The trainer ended with exit code 3. Last output: Error: no such file\n    at open',
  );
  assert.match(
    describe({ exitCode: null, signal: 'SIGKILL', errorOutput: '' }),
    /SIGKILL.*out of memory.*fewer jobs/,
  );
});

test('what TensorFlow says at every start is not the cause of a death', () => {
  const errorOutput = [
    'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR',
    'I0000 00:00:1795398657.034986    7739 port.cc:153] oneDNN custom operations are on.',
    'W0000 00:00:1795398657.034986    7739 file.cc:1] something is slow',
    'F0000 00:00:1795398658.000000    7739 core.cc:1] Check failed: size >= 0',
  ].join('\n');
  const text = describe({ exitCode: null, signal: 'SIGABRT', errorOutput });
  assert.match(text, /SIGABRT\. Last output: F0000 .*Check failed: size >= 0$/);
});
