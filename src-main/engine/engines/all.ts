export { tensorflow } from './tensorflow/index.ts';
export { javascript } from './javascript/index.ts';
