export { tensorflow } from './tensorflow/index.ts';
export { webgpu } from './webgpu/index.ts';
export { javascript } from './javascript/index.ts';
