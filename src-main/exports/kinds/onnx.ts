import { defineExport } from '../export-kind.ts';

export const onnx = defineExport({
  name: 'onnx',
  title: 'Trained network as ONNX',
  about: 'the trained network, weights at the end',
  of: 'one run',
  make: async (store, [run = '']) =>
    (await import('../onnx/export-onnx.ts')).exportOnnx(store, run, { checkpoint: 'last', softmax: false }),
});
