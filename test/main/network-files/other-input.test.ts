import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireSameWeights } from '../../../src-main/network-files/write-network.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

test('a network takes images of another size as far as its weights do not depend on it', () => {
  const graphOf = (family: string) => {
    const description = parseNetwork({ family });
    const graph = resolveNetwork(description, { input: [224, 224, 3], classes: 10 });
    return [{ name: family, description }, graph] as const;
  };
  for (const family of ['squeezenet', 'mobilenet-v1', 'shufflenet-v1'])
    requireSameWeights(...graphOf(family), [160, 160, 3]);
  // 224 and 227 leave AlexNet 6x6, 160 less
  requireSameWeights(...graphOf('alexnet'), [227, 227, 3]);
  assert.throws(() => requireSameWeights(...graphOf('alexnet'), [160, 160, 3]), {
    code: 'usage',
    message:
      /^The network alexnet cannot take 160x160x3 images: fc6 has weights of \[9216, 4096\] for 224x224x3/,
  });
  assert.throws(() => requireSameWeights(...graphOf('squeezenet'), [4, 4, 3]), { code: 'network-invalid' });
});
