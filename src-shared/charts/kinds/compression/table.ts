import type { ChartTable } from '../../chart-table.ts';
import type { CompressionData } from './data.ts';

/** One row for each stage of each cell, one for each run behind it, and one for each part of the coded bytes; then one for each cell without. */
export function compressionTable({ cells, unmarked }: CompressionData): ChartTable {
  return {
    columns: [
      ...['cell', 'stage', 'mark', 'bytes', 'bytes low', 'bytes high'],
      ...['accuracy', 'accuracy low', 'accuracy high', 'n seeds', 'n cells', 'left out', 'run'],
    ],
    rows: [
      ...cells.flatMap(({ label, stages, parts, leftOut }) => [
        ...stages.flatMap(({ label: stage, bytes, accuracy, runs }) => [
          [
            ...[label, stage, 'mean', bytes.mean, bytes.low, bytes.high],
            ...[accuracy.mean, accuracy.low, accuracy.high, bytes.n, 1, leftOut, null],
          ],
          ...runs.map(({ run, value, accuracy: score }) => [
            ...[label, stage, 'run', value, null, null],
            ...[score, null, null, null, null, null, run],
          ]),
        ]),
        ...parts.map(({ name, bytes }) => [
          ...[label, `Huffman-coded: ${name}`, 'mean', bytes, null, null],
          ...[null, null, null, null, null, null, null],
        ]),
      ]),
      ...unmarked.map(({ label, leftOut }) => [
        ...[label, null, null, null, null, null, null, null, null, 0, 1, leftOut, null],
      ]),
    ],
  };
}
