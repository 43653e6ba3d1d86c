import { openEngine } from '../../../src-main/engine/open-engine.ts';
import { openTensorFlow } from '../../../src-main/engine/engines/tensorflow/open.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { asOnGpu } from './tensorflow/binding-as-on-gpu.ts';

// Read by TensorFlow when the library is loaded, which happens once in a test file's process.
process.env['TF_NUM_INTRAOP_THREADS'] ??= '2';
process.env['TF_NUM_INTEROP_THREADS'] ??= '2';

const chosen = selectedEngine(kindlingHome());

/**
 * The engine that runs use, loaded into this process; in the file that wants it so (tensorflow/as-on-gpu.test.ts) TensorFlow with all that it does
 * on a GPU, computed on the CPU.
 */
export const engine: Engine =
  process.env['KINDLING_TEST_AS_ON_GPU'] === '1' ? openTensorFlow(chosen, asOnGpu) : await openEngine(chosen);
