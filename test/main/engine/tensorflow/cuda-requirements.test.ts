import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cudaRequirements } from '../../../../src-main/engine/engines/tensorflow/provisioning/cuda-requirements.ts';

// From the METADATA of tensorflow 2.21.0 and, in the older spelling with parentheses, 2.16.1.
const METADATA = `Metadata-Version: 2.4
Name: tensorflow
Requires-Dist: numpy>=1.26.0
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-cudnn-cu12 (==8.9.7.29) ; extra == 'and-cuda'
Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"
Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"

Requires nothing; extra == "and-cuda" in the text does not count.
`;

test('the CUDA wheels are those that the extra and-cuda asks for', () => {
  assert.deepEqual(cudaRequirements(METADATA), [
    'nvidia-cublas-cu12<13.0,>=12.5.3.2',
    'nvidia-cudnn-cu12==8.9.7.29',
    'nvidia-nccl-cu12<3.0,>=2.27.7',
  ]);
});
