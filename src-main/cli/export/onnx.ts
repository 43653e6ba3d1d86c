import { resolve } from 'node:path';
import { exportOnnx } from '../../exports/onnx/export-onnx.ts';
import { requireRuns } from '../require-runs.ts';
import { openToRead } from '../open-to-read.ts';
import { printLine } from '../output.ts';
import { writeFile } from './write-file.ts';

export interface ExportOnnxOptions {
  readonly checkpoint: 'last' | 'best' | 'initial';
  readonly softmax?: boolean;
  readonly output?: string;
}

/** Writes the network of a run, or an imported one, and prints the file's path. @throws Problem */
export function writeOnnx(
  file: string,
  run: string,
  { checkpoint, softmax = false, output }: ExportOnnxOptions,
): void {
  const store = openToRead(file);
  try {
    if (store.findNetwork(run) === null) requireRuns(store, [run]);
    const { fileName, bytes } = exportOnnx(store, run, { checkpoint, softmax });
    const path = resolve(output ?? fileName);
    writeFile(path, bytes);
    printLine(path);
  } finally {
    store.close();
  }
}
