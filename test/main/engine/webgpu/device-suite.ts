import { test } from 'node:test';
import { compileProgram } from '../../../../src-main/engine/compile-program.ts';
import type { Engine } from '../../../../src-main/engine/engine.ts';
import { engineKindNamed } from '../../../../src-main/engine/engines/registry.ts';
import {
  type EngineInstallation,
  listEngines,
} from '../../../../src-main/engine/installations/installation.ts';
import { openEngine } from '../../../../src-main/engine/open-engine.ts';
import { createTrainingProgram, DEFAULT_RECIPE } from '../../../../src-main/engine/training-program.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { engineSuite } from '../engine-suite.ts';
import { assertClose, batchOf, graphOf, TINY, unevenState } from '../networks.ts';

// For on-a-software-device.test.ts: in a process that has one from its start. Both engines are opened here, one after the other.

const STEPS = 20;
const BATCH = 8;

/** The losses of SqueezeNet with batch norm, as it is compiled. */
async function losses(engine: Engine): Promise<number[]> {
  const graph = graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16);
  const program = createTrainingProgram(graph, DEFAULT_RECIPE, engine.operations);
  const training = await compileProgram(engine, program, { training: BATCH, evaluation: BATCH });
  await training.writeState(unevenState(program));
  const found: number[] = [];
  for (let step = 0; step < STEPS; step++)
    found.push((await training.step(batchOf(graph, BATCH, step, 0.01))).loss);
  training.close();
  return found;
}

const tensorflow = listEngines(kindlingHome()).find(({ engine }) => engine === 'tensorflow');
const expected = tensorflow ? await losses(await openEngine(tensorflow)) : null;
const webgpu = await engineKindNamed('webgpu').open({ name: 'webgpu', version: '0.6' } as EngineInstallation);

test(
  `the losses of ${STEPS} steps are TensorFlow's`,
  { skip: expected === null && 'TensorFlow is not installed' },
  async () => {
    // seen: 2e-6
    assertClose(await losses(webgpu), expected ?? [], 1e-4, 'losses');
  },
);

engineSuite(webgpu);
