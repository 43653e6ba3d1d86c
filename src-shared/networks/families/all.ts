export { alexnet } from './alexnet.ts';
export { mobilenetV1 } from './mobilenet-v1.ts';
export { shufflenetV1 } from './shufflenet-v1.ts';
export { squeezenet } from './squeezenet.ts';
