import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { readOnnxNetwork } from '../onnx/onnx-network.ts';
import { describedByMetadata } from './described-by-metadata.ts';
import { defineReader } from './reader.ts';

/** The field `ir_version`, with which every writer begins; another follows behind its value. */
const FIRST_FIELD = 0x08;
const SECOND_FIELD = 0x12;

/** ONNX, also Kindling's own exports. */
export const onnx = defineReader({
  title: 'ONNX',
  endings: ['.onnx'],
  recognizes: ([first, version = 0, next = 0]) =>
    first === FIRST_FIELD && version < 0x20 && next >= SECOND_FIELD,
  read(bytes, file) {
    try {
      const { tensors, metadata, program } = readOnnxNetwork(bytes);
      return { tensors, program, ordered: true, described: describedByMetadata(metadata) };
    } catch (error) {
      const why = error instanceof RangeError ? 'it is truncated or damaged' : (error as Error).message;
      throw new Problem('data-invalid', `${file} is no ONNX model that can be read: ${why}.`, {
        cause: error,
      });
    }
  },
});
