import type { EngineInstallation } from '../../installations/installation.ts';
import { installing, mendedByInstalling } from '../../installations/install-advice.ts';
import type { InstallOptions } from '../../installations/progress.ts';
import { installStaged } from '../../installations/staging.ts';
import { SOFTWARE_GPU } from '../../software-gpu.ts';
import { checkWebGpu } from './check.ts';

/**
 * It is part of the program, so that there is nothing to install but its `engine.json`.
 * @throws Problem `engine-invalid` (no device, or only one that computes on the CPU), `disk-full`
 */
export function installWebGpu(home: string, options: InstallOptions): Promise<EngineInstallation> {
  return installStaged(home, 'webgpu', 0, async () => {
    const { version, gpu, devices } = await checkWebGpu(options);
    if (!gpu && process.env[SOFTWARE_GPU] !== '1')
      throw mendedByInstalling(
        'engine-invalid',
        `WebGPU finds no GPU on this machine, only a device that computes on the CPU (${devices.join(', ')}), many times slower than TensorFlow does. Use that`,
        installing('cpu'),
        { rest: ` Or set ${SOFTWARE_GPU}=1 to install WebGPU all the same.` },
      );
    return {
      engine: 'webgpu',
      kind: gpu ? 'gpu' : 'cpu',
      version,
      source: `webgpu ${version}`,
      binding: null,
      libraryPath: [],
      devices: [...devices],
    };
  });
}
