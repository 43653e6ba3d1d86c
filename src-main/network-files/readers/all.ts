export { keras } from './keras.ts';
export { onnx } from './onnx.ts';
export { published } from './published.ts';
export { pytorch } from './pytorch.ts';
export { safetensors } from './safetensors.ts';
