export { csv } from './csv.ts';
export { histograms } from './histograms.ts';
export { json } from './json.ts';
export { onnx } from './onnx.ts';
export { points } from './points.ts';
export { tensorboard } from './tensorboard.ts';
