import { openEngine } from '../../../src-main/engine/open-engine.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { selectedEngine } from '../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';

// Read by TensorFlow when the library is loaded, which happens once in a test file's process.
process.env['TF_NUM_INTRAOP_THREADS'] ??= '2';
process.env['TF_NUM_INTEROP_THREADS'] ??= '2';

/** The engine that runs use, loaded into this process. */
export const engine: Engine = await openEngine(selectedEngine(kindlingHome()));
