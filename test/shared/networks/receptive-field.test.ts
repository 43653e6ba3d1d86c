import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { receptiveFields } from '../../../src-shared/networks/receptive-field.ts';
import { graphOf } from './describe.ts';

/** Rows of its input that one row of a layer reads, found by walking over the window. */
function rowsRead(layer: Layer, row: number, inputRows: number): number[] {
  const windowed = layer.kind === 'convolution' || layer.kind === 'depthwise' || layer.kind === 'pool';
  if (!windowed) return [row];
  const extent = layer.kind === 'pool' ? layer.size : layer.kernel[0];
  const rows = Array.from({ length: extent }, (_, offset) => row * layer.stride - layer.padding.top + offset);
  return rows.filter((read) => read >= 0 && read < inputRows);
}

/** Rows of the image that can influence the middle row of a layer, by tracing dependencies back. */
function influencingRows(graph: Graph, target: Layer): number[] {
  const needed = new Map<string, Set<number>>([[target.name, new Set([Math.floor(target.output[0] / 2)])]]);
  const byName = new Map(graph.layers.map((layer) => [layer.name, layer]));
  for (const layer of graph.layers.toReversed()) {
    for (const row of needed.get(layer.name) ?? []) {
      for (const input of layer.inputs) {
        const rows = needed.get(input) ?? new Set();
        needed.set(input, rows);
        for (const read of rowsRead(layer, row, byName.get(input)?.output[0] ?? 0)) rows.add(read);
      }
    }
  }
  return [...(needed.get('input') ?? [])];
}

const networks = [
  { family: 'squeezenet' },
  { family: 'squeezenet', version: 1.1, bypass: 'complex' },
  { family: 'squeezenet', stem: 'small', downsample: 'late', bypass: 'simple' },
  { family: 'squeezenet', downsample: 'early', pct3x3: 0 },
  { family: 'mobilenet-v1' },
  { family: 'shufflenet-v1' },
  { family: 'shufflenet-v1', stem: 'small', groups: 8 },
  { family: 'alexnet' },
];

for (const fields of networks) {
  test(`receptive fields of ${JSON.stringify(fields)} agree with tracing every row back`, () => {
    // Large enough that no field of a middle row is cut off by the border.
    const graph = graphOf(fields, 2048);
    const computed = receptiveFields(graph);
    for (const layer of graph.layers) {
      if (layer.kind === 'global average pool' || layer.kind === 'dense') break;
      const rows = influencingRows(graph, layer);
      const extent = Math.max(...rows) - Math.min(...rows) + 1;
      assert.equal(computed.get(layer.name)?.size, extent, layer.name);
    }
  });
}

test('the last convolution of a plain stack sees what the textbook says', () => {
  const fields = receptiveFields(graphOf({ family: 'alexnet' }, 227));
  // Araujo, Norris and Sim, "Computing receptive fields" (Distill 2019): 195 pixels after AlexNet's pool5.
  assert.equal(fields.get('pool5')?.size, 195);
});

test('global pooling sees all positions', () => {
  const fields = receptiveFields(graphOf({ family: 'squeezenet', stem: 'small' }, 32, 10));
  const [last, pooled] = [fields.get('conv10'), fields.get('pool10')];
  assert.ok(last && pooled);
  assert.equal(pooled.size, last.size + (4 - 1) * last.jump);
});
