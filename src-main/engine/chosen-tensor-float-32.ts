import type { ChosenTensorFloat32, TensorFloat32 } from '../../src-shared/machine/tensor-float-32.ts';
import { engineKind } from './engines/registry.ts';
import { type EngineInstallation, listEngines } from './installations/installation.ts';
import {
  isRoundedToTensorFloat32,
  readTensorFloat32,
  TENSOR_FLOAT_32,
  tensorFloat32Environment,
  writeTensorFloat32,
} from './tensor-float-32.ts';

/** What a home has chosen for its engines on NVIDIA's GPUs. */
export function chosenTensorFloat32(home: string): ChosenTensorFloat32 {
  return { chosen: readTensorFloat32(home), without: withoutEffect(home) };
}

/** For processes that are started from now on. @throws an error of the file system */
export function chooseTensorFloat32(home: string, chosen: TensorFloat32): ChosenTensorFloat32 {
  writeTensorFloat32(home, chosen);
  return chosenTensorFloat32(home);
}

/** Whether processes of an engine that are started now keep products in float32 where they could round them. */
export function keepsFloat32(engine: EngineInstallation): boolean {
  return heeds(engine) && !isRoundedToTensorFloat32({ ...process.env, ...tensorFloat32Environment(engine) });
}

function withoutEffect(home: string): string | null {
  const value = process.env[TENSOR_FLOAT_32];
  if (value !== undefined) return `The environment has ${TENSOR_FLOAT_32}=${value}, which takes precedence.`;
  if (listEngines(home).some(heeds)) return null;
  return 'No engine for NVIDIA GPUs is installed, so it has no effect here.';
}

function heeds({ engine, kind }: EngineInstallation): boolean {
  return kind === 'gpu' && engineKind(engine)?.heedsTensorFloat32 === true;
}
