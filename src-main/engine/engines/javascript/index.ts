import { defineEngine } from '../../engine-kind.ts';

/** TensorFlow.js's own kernels in JavaScript: slow, on one thread, and there wherever Node runs. */
export const javascript = defineEngine({
  name: 'javascript',
  title: 'TensorFlow.js',
  sources: [
    {
      name: 'javascript',
      title: 'Install TensorFlow.js on one thread of the CPU',
      about: 'TensorFlow.js on one thread: no download and no compiler, but a hundred times slower',
      path: null,
      install: async (home) => (await import('./install.ts')).installJavaScript(home),
    },
  ],
  requirements: [],
  analyses: true,
  precisions: ['float32'],
  environment: () => () => ({}),
  open: async (installation) => (await import('./open.ts')).openJavaScript(installation),
  prepare: () => Promise.resolve([]),
  tuning: null,
  check: async () => (await import('./check.ts')).checkJavaScript(),
});
