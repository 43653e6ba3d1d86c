import { defineEngine } from '../../engine-kind.ts';
import { IMAGES_ON_DEVICE } from '../../images-way.ts';
import { STEPS_A_CALL } from '../../most-steps.ts';

/** Dawn, Chromium's WebGPU, with kernels of our own: a GPU of any vendor, through Vulkan, Metal or Direct3D 12. */
export const webgpu = defineEngine({
  name: 'webgpu',
  title: 'WebGPU',
  place: 2,
  sources: [
    {
      name: 'webgpu',
      title: 'Install WebGPU for the GPU of this machine',
      about:
        'WebGPU for a GPU of any vendor: no download, no Python and no compiler; it trains, and analyses nothing',
      path: null,
      install: async (home, _, options) => (await import('./install.ts')).installWebGpu(home, options),
    },
  ],
  requirements: [],
  analyses: false,
  precisions: ['float32'],
  environment: () => () => ({}),
  variables: [IMAGES_ON_DEVICE, STEPS_A_CALL],
  open: async (installation) => (await import('./open.ts')).openWebGpu(installation),
  prepare: () => Promise.resolve([]),
  tuning: null,
  check: async (_, options) => (await import('./check.ts')).checkWebGpu(options),
});
