import type { Engine } from '../../engine.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import { useDevice } from './backend.ts';
import { webGpuOperations } from './operations.ts';
import { deviceText, openDevice } from './device.ts';
import { trainingRecorder } from './training-recorder.ts';
import { dawnVersion } from './version.ts';

/** Its version is that of the program that computes now, which may be a later one than that which installed it. */
export async function openWebGpu({ name }: Pick<EngineInstallation, 'name'>): Promise<Engine> {
  const opened = await openDevice();
  const backend = await useDevice(opened);
  return {
    description: { name, version: dawnVersion(), device: deviceText(opened), threads: 1 },
    operations: webGpuOperations(backend),
    imagesFromBytes: null,
    bfloat16: null,
    recorder: (program, sizes) => trainingRecorder(opened, backend, program, sizes),
    compileForward: null,
  };
}
