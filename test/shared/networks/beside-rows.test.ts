import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignNetworks } from '../../../src-shared/networks/align-networks.ts';
import { besideRows } from '../../../src-shared/networks/beside-rows.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { layOutNetwork } from '../../../src-shared/networks/lay-out-network.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

function rowsOf(left: object, right: object) {
  const [one, other] = [left, right].map((description) => {
    const graph = resolveNetwork(parseNetwork(description), { input: [224, 224, 3], classes: 10 });
    return layOutNetwork(graph, networkCost(graph));
  });
  return besideRows(alignNetworks(one ?? [], other ?? []));
}

test('a layer of two networks is told once where both have the same, else as it changes, with signed differences', () => {
  const rows = rowsOf({ family: 'squeezenet' }, { family: 'squeezenet', sr: 0.25 });
  const row = rows.find(({ name }) => name === 'fire2/squeeze');
  assert.deepEqual(row, {
    ...{ change: 'changed', name: 'fire2/squeeze', role: 'squeeze', operation: '1×1' },
    ...{ output: '54×54×16 → 54×54×32', parameters: '1,552 → 3,104', parameterDifference: '+1,552' },
    ...{ macs: '4,478,976 → 8,957,952', macDifference: '+4,478,976' },
  });
  const conv1 = rows.find(({ name }) => name === 'conv1');
  assert.deepEqual([conv1?.change, conv1?.parameters, conv1?.parameterDifference], ['same', '14,208', '']);
});
