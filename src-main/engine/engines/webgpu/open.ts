import type { EngineWithImages } from '../../engine.ts';
import { imagesWay } from '../../images-way.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import { mostSteps, STEPS_A_CALL } from '../../most-steps.ts';
import { useDevice } from './backend.ts';
import { deviceText, openDevice } from './device.ts';
import { imagesOnDevice } from './images-on-device.ts';
import { kernelRunner } from './kernels/run-kernel.ts';
import { webGpuOperations } from './operations.ts';
import { Pieces } from './pieces.ts';
import { ProgramTimes } from './program-times.ts';
import { trainingRecorder } from './training-recorder.ts';
import { dawnVersion } from './version.ts';

export interface WebGpuEngine extends EngineWithImages {
  /** Of the programs of compiled calls; null unless it was opened for that. */
  readonly programTimes: ProgramTimes | null;
}

/**
 * Its version is that of the program that computes now, which may be a later one than that which installed it.
 * @param timesPrograms whether its programs are to be timed; where the device cannot, they are counted
 */
export async function openWebGpu(
  { name }: Pick<EngineInstallation, 'name'>,
  timesPrograms = false,
): Promise<WebGpuEngine> {
  const opened = await openDevice(timesPrograms);
  const backend = await useDevice(opened);
  const pieces = new Pieces(backend);
  const run = kernelRunner(backend, pieces);
  const images = imagesOnDevice(opened.device, run);
  const times = timesPrograms ? new ProgramTimes(opened.device) : null;
  const recordingDevice = { ...opened, backend, images, times };
  const recorderOf: WebGpuEngine['recorderOf'] = (most) => (program, sizes) =>
    trainingRecorder(recordingDevice, program, sizes, most);
  const isOnGpu = !opened.isSoftware;
  return {
    description: { name, version: dawnVersion(), device: deviceText(opened), threads: 1 },
    operations: webGpuOperations(backend, pieces, run),
    imagesOnDevice: images,
    imagesFromBytes: imagesWay(isOnGpu, false, process.env) === 'device' ? images : null,
    bfloat16: null,
    recorder: recorderOf(mostSteps(process.env[STEPS_A_CALL], isOnGpu)),
    recorderOf,
    compileForward: null,
    programTimes: times,
  };
}
