import { defineEngine } from '../../engine-kind.ts';
import { cardEnvironment, tensorFlowEnvironment, VARIABLES } from './environment.ts';
import { describeTuning, readTuning } from './tuning/tuning.ts';

const installations = () => import('./provisioning/install.ts');
const tools = () => import('./provisioning/find-tools.ts');

/** TensorFlow's own C library, called through the binding of tfjs-node. */
export const tensorflow = defineEngine({
  name: 'tensorflow',
  title: 'TensorFlow',
  place: 1,
  sources: [
    {
      name: 'cpu',
      title: 'Install TensorFlow for the CPU',
      about: 'TensorFlow for the CPU',
      path: { about: 'TensorFlow wheel to use instead of a download', takes: 'file', isRequired: false },
      install: async (home, wheel, options) => (await installations()).installCpuEngine(home, wheel, options),
    },
    {
      name: 'gpu',
      title: 'Install TensorFlow for NVIDIA GPUs',
      about: 'TensorFlow for NVIDIA GPUs, on Linux',
      path: null,
      install: async (home, _, options) => (await installations()).installGpuEngine(home, 'here', options),
    },
    {
      name: 'gpu-nodes',
      title: 'Install TensorFlow for NVIDIA GPUs of other machines',
      about:
        'the same, where not this machine has the cards, but those that see its folder, as the nodes of a cluster',
      path: null,
      install: async (home, _, options) =>
        (await installations()).installGpuEngine(home, 'elsewhere', options),
    },
    {
      name: 'package',
      title: 'Install the TensorFlow of tfjs-node',
      about: 'the TensorFlow 2.9 that tfjs-node would download',
      path: null,
      install: async (home, _, options) => (await installations()).installPackageEngine(home, options),
    },
    {
      name: 'use',
      title: 'Use a TensorFlow library on this machine',
      about: 'a TensorFlow library on this machine',
      path: {
        about: 'folder of the TensorFlow library, e.g. tensorflow in site-packages',
        takes: 'folder',
        isRequired: true,
      },
      install: async (home, library, options) =>
        (await installations()).useLibrary(home, library ?? '', options),
    },
  ],
  requirements: [{ name: 'C++ compiler', find: async () => (await tools()).compilerVersion() }],
  analyses: true,
  precisions: ['float32', 'bfloat16'],
  environment: tensorFlowEnvironment,
  variables: VARIABLES,
  cardEnvironment,
  heedsTensorFloat32: true,
  open: async (installation) => (await import('./open.ts')).openTensorFlow(installation),
  prepare: async (installation, options) => {
    await (await import('./provisioning/ensure-binding.ts')).ensureBinding(installation, options);
    await (await import('./provisioning/ensure-kernels.ts')).ensureKernels(installation, options);
    // with the kernels that there are now
    return (await import('./tuning/ensure-tuning.ts')).ensureTuning(installation, options);
  },
  tuning: {
    describe: (installation) => {
      const tuning = readTuning(installation);
      return tuning === null ? null : describeTuning(tuning);
    },
    trainers: (installation) => readTuning(installation)?.trainers ?? [],
    tune: async (installation, options) =>
      (await import('./tuning/ensure-tuning.ts')).tuneAnew(installation, options),
  },
  check: async (installation, options) =>
    (await import('./check-installation.ts')).checkInstallation(installation, options),
});
