import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestColumns } from '../../../../src-shared/charts/network/best-columns.ts';
import { type Bend, endOf, type Point } from '../../../../src-shared/charts/network/curve.ts';
import type {
  GraphLayout,
  GraphNode,
  GraphRow,
  GraphSubject,
} from '../../../../src-shared/charts/network/graph-layout.ts';
import { type GraphRequest, layOutGraph } from '../../../../src-shared/charts/network/lay-out-graph.ts';
import { wordsWidth } from '../../../../src-shared/charts/network/node-words.ts';
import { alignNetworks } from '../../../../src-shared/networks/align-networks.ts';
import { branchesOf } from '../../../../src-shared/networks/branches.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { GraphBuilder } from '../../../../src-shared/networks/graph-builder.ts';
import { layOutNetwork } from '../../../../src-shared/networks/lay-out-network.ts';
import { graphOf } from '../../networks/describe.ts';

const NETWORKS: readonly Readonly<Record<string, unknown>>[] = [
  { family: 'squeezenet' },
  { family: 'squeezenet', bypass: 'simple' },
  { family: 'squeezenet', bypass: 'complex' },
  { family: 'squeezenet', pct3x3: 0 },
  { family: 'mobilenet-v1' },
  { family: 'shufflenet-v1' },
  { family: 'shufflenet-v1', groups: 1 },
  { family: 'alexnet' },
];

function subjectOf(graph: Graph): GraphSubject {
  return {
    title: graph.family,
    blocks: layOutNetwork(graph, networkCost(graph)),
    branches: branchesOf(graph),
  };
}

function alone(subject: GraphSubject): readonly GraphRow[] {
  return subject.blocks.map((block) => ({ left: block, right: null }));
}

function requestOf(fields: Readonly<Record<string, unknown>>): GraphRequest {
  const left = subjectOf(graphOf(fields));
  return { left, rows: alone(left), isOpen: () => true };
}

/** Whether one lies within the other's edges, or both share more than those. */
function overlap(one: GraphNode, other: GraphNode): boolean {
  const slack = 0.01;
  return (
    one.x < other.x + other.width - slack &&
    other.x < one.x + one.width - slack &&
    one.y < other.y + other.height - slack &&
    other.y < one.y + one.height - slack
  );
}

function isInside(inner: GraphNode, outer: GraphNode): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** No two nodes overlap, but for a module and what is in it, which lies within. */
function assertApart({ nodes }: GraphLayout, what: string): void {
  for (const [place, one] of nodes.entries())
    for (const other of nodes.slice(place + 1)) {
      if (!overlap(one, other)) continue;
      const isOwn = one.isOpen && one.block === other.block;
      assert.ok(isOwn && isInside(other, one), `${what}: ${one.id} and ${other.id}`);
    }
}

function assertJoined({ nodes, edges }: GraphLayout, what: string): void {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const { from, to, curve } of edges) {
    const [giver, reader] = [byId.get(from), byId.get(to)];
    assert.ok(giver && reader, `${what}: ${from} to ${to}`);
    const [start, end] = [curve.start, endOf(curve)];
    const name = `${what}: ${from} to ${to}, from ${start.join()} to ${end.join()}`;
    assert.ok(isOnEdge(start, giver), name);
    assert.ok(isOnEdge(end, reader), name);
  }
}

/** On the upper or lower edge of a node. */
function isOnEdge([x, y]: Point, node: GraphNode): boolean {
  const isLevel = Math.abs(y - node.y) < 0.01 || Math.abs(y - node.y - node.height) < 0.01;
  return isLevel && x >= node.x && x <= node.x + node.width;
}

/** Points of a curve, close to each other. */
function pointsOf(start: Point, { controls: [first, second], end }: Bend): Point[] {
  return Array.from({ length: 21 }, (_, step) => {
    const t = step / 20;
    const at = (axis: 0 | 1): number =>
      (1 - t) ** 3 * start[axis] +
      3 * (1 - t) ** 2 * t * first[axis] +
      3 * (1 - t) * t ** 2 * second[axis] +
      t ** 3 * end[axis];
    return [at(0), at(1)];
  });
}

/** No line crosses a box other than those that it joins. */
function assertPassing({ nodes, edges }: GraphLayout, what: string): void {
  const boxes = nodes.filter(({ isOpen }) => !isOpen);
  for (const { from, to, curve } of edges) {
    let start = curve.start;
    for (const bend of curve.bends) {
      for (const [x, y] of pointsOf(start, bend))
        for (const box of boxes) {
          const isIn =
            x > box.x + 0.5 && x < box.x + box.width - 0.5 && y > box.y + 0.5 && y < box.y + box.height - 0.5;
          assert.ok(!isIn, `${what}: the line from ${from} to ${to} crosses ${box.id}`);
        }
      start = bend.end;
    }
  }
}

function assertDrawn(layout: GraphLayout, what: string): void {
  assertApart(layout, what);
  assertJoined(layout, what);
  assertPassing(layout, what);
  for (const { words, width, id } of layout.nodes)
    assert.ok(wordsWidth(words) <= width + 1e-6, `${what}: words of ${id}`);
  for (const { x, y, width, height } of layout.nodes)
    assert.ok(
      x >= -1e-6 && y >= 0 && x + width <= layout.width + 1e-6 && y + height <= layout.height + 1e-6,
      what,
    );
}

test('networks of all families are drawn without overlaps, open and closed, in one column and in several', () => {
  for (const fields of NETWORKS) {
    const request = requestOf(fields);
    for (const columns of [1, 2, 5])
      for (const isOpen of [true, false])
        assertDrawn(
          layOutGraph({ ...request, columns, isOpen: () => isOpen }),
          `${JSON.stringify(fields)}, ${columns}, ${isOpen}`,
        );
  }
});

test('every layer is a node, every input a line, and what only hands on a node of its own', () => {
  const graph = graphOf({ family: 'squeezenet', bypass: 'simple' });
  const { nodes, edges } = layOutGraph(requestOf({ family: 'squeezenet', bypass: 'simple' }));
  assert.deepEqual(
    nodes.filter(({ kind }) => kind === 'layer').map(({ name }) => name),
    graph.layers.map(({ name }) => name),
  );
  const bypasses = nodes.filter(({ kind }) => kind === 'bypass').map(({ name }) => name);
  assert.deepEqual(bypasses, ['fire3/bypass', 'fire5/bypass', 'fire7/bypass', 'fire9/bypass']);
  const into = edges.filter(({ to }) => to === 'left fire3/addition').map(({ from }) => from);
  assert.deepEqual(into.toSorted(), ['left fire3/bypass', 'left fire3/concatenation']);
  assert.ok(edges.some(({ from, to }) => from === 'left fire3' && to === 'left fire3/bypass'));
});

test('of two networks what does the same job stands on one level', () => {
  const [left, right] = [
    { family: 'squeezenet' },
    { family: 'squeezenet', version: '1.1', bypass: 'complex' },
  ].map((fields) => subjectOf(graphOf(fields)));
  assert.ok(left && right);
  const rows = alignNetworks(left.blocks, right.blocks);
  for (const columns of [1, 3]) {
    const layout = layOutGraph({ left, right, rows, isOpen: ({ name }) => name === 'fire3', columns });
    assertDrawn(layout, `beside in ${columns}`);
    const topOf = (block: GraphRow['left'], side: string): GraphNode | undefined =>
      layout.nodes.find((node) => node.side === side && node.block === block);
    for (const { left: one, right: other } of rows)
      if (one && other) assert.equal(topOf(one, 'left')?.y, topOf(other, 'right')?.y);
    assert.equal(layout.titles.length, 2 * columns);
  }
  // what tells cells of one study apart is not cut off for its name
  const titlesOf = (one: string, other: string): string[] =>
    layOutGraph({
      ...{ left: { ...left, title: one }, right: { ...right, title: other } },
      ...{ rows, isOpen: () => false, columns: 1 },
    }).titles.map(({ text }) => text);
  assert.deepEqual(titlesOf('a-long-name: SR = 1, 3×3 = 0.5', 'a-long-name: SR = 1, 3×3 = 0.75'), [
    'SR = 1, 3×3 = 0.5',
    'SR = 1, 3×3 = 0.75',
  ]);
  assert.deepEqual(titlesOf('one: SR = 1', 'two: SR = 1'), ['one: SR = 1', 'two: SR = 1']);
});

test('any graph is drawn: lines go around what they pass, and into modules that read several layers', () => {
  const builder = new GraphBuilder('any', [32, 32, 3], 10);
  const convolution = { role: 'stem', filters: 8, kernel: 1, bias: true, batchNorm: false } as const;
  const first = builder.add('convolution', { ...convolution, name: 'first' });
  builder.add('convolution', { ...convolution, name: 'second' });
  const inner = builder.add('convolution', { ...convolution, name: 'module/one', module: 'module' });
  const both = { role: 'merge', module: 'module', activation: 'none' } as const;
  builder.add('addition', { ...both, name: 'module/both', inputs: [inner, first] });
  builder.add('addition', { name: 'last', role: 'merge', activation: 'none', inputs: [builder.last, first] });
  const left = subjectOf(builder.graph());
  for (const isOpen of [true, false]) {
    const layout = layOutGraph({ left, rows: alone(left), isOpen: () => isOpen });
    assertApart(layout, 'any');
    assertJoined(layout, 'any');
    assertPassing(layout, 'any');
    assert.equal(layout.edges.filter(({ from }) => from === 'left first').length, 3);
  }
});

test('as many columns as show all of it largest, and one where that is enough', () => {
  const request = requestOf({ family: 'squeezenet' });
  assert.equal(bestColumns({ ...request, isOpen: () => false }, { width: 600, height: 2000 }), 1);
  const columns = bestColumns({ ...request, isOpen: () => false }, { width: 1400, height: 500 });
  assert.ok(columns > 1);
  const { width, height } = layOutGraph({ ...request, isOpen: () => false, columns });
  assert.ok(Math.min(1400 / width, 500 / height) > 0.8);
});
