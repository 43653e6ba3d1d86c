export { cifar10, cifar100 } from './cifar-binary.ts';
export { idx } from './idx.ts';
