import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesOfLayer, findingsByLayer } from '../../../../src-renderer/pages/layer/layer-findings.ts';
import { analysis, METHOD, result } from '../../layers/made-analyses.ts';

test('a method tells of a layer, of its channels, and of pairs from both of their sides', () => {
  const pair = (one: string, other: string, run = 'r') =>
    result(one, { measure: 'gap', other: { run, layer: other }, value: 0.25 });
  const known = analysis([
    result('conv1'),
    result('conv1', { channel: 0, value: 1 }),
    result('conv1', { channel: 1, value: 2 }),
    pair('conv1', 'pool1'),
    // the layer of this name in another run is seen from here only
    pair('pool1', 'pool1', 'another'),
  ]);
  const findingsOf = findingsByLayer([METHOD], [known]);

  const [conv] = findingsOf('conv1');
  assert.ok(conv);
  assert.deepEqual(
    [conv.whole, conv.channels, conv.pairs].map((scope) =>
      scope.map(({ column, results }) => [column.measure.name, results.map(({ value }) => value)]),
    ),
    [[['accuracy', [0.5]]], [['accuracy', [1, 2]]], [['gap', [0.25]]]],
  );
  assert.deepEqual(
    findingsOf('pool1').map(({ whole, channels, pairs }) => [
      whole,
      channels,
      pairs.flatMap(({ results }) => results.map(({ other }) => other)),
    ]),
    [
      [
        [],
        [],
        [
          { run: 'another', layer: 'pool1' },
          { run: 'r', layer: 'conv1' },
        ],
      ],
    ],
  );
  assert.deepEqual(findingsOf('conv2'), []);
  assert.deepEqual(findingsOf(null), []);
});

test('files are those of the layer, or of the whole network', () => {
  const file = (name: string, layer: string | null) =>
    ({ file: name, kind: 'picture', mediaType: 'image/png', layer, title: name }) as const;
  const known = { ...analysis([]), files: [file('a.png', 'conv1'), file('b.png', null)] };
  const names = (layer: string | null) => filesOfLayer([known], layer).map((each) => each.file.file);
  assert.deepEqual([names('conv1'), names(null), names('pool1')], [['a.png'], ['b.png'], []]);
});
