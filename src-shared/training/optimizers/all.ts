export { adam } from './adam.ts';
export { adamw } from './adamw.ts';
export { rmsprop } from './rmsprop.ts';
export { sgd } from './sgd.ts';
