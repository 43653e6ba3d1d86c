import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCards } from '../../../src-main/machine/read-cards.ts';

// the forms in which drivers from 390 to 580 answer; `CARD_FIELDS` has the order of the fields

test('several cards, with the units left out as they were asked for', () => {
  const answer =
    'Tesla V100-SXM2-16GB, 97, 15218, 16160, 61, 289.79\nTesla V100-SXM2-16GB, 0, 3, 16160, 34, 41.06\n';
  const first = { name: 'Tesla V100-SXM2-16GB', usedBytes: 15_218 * 2 ** 20, totalBytes: 16_160 * 2 ** 20 };
  assert.deepEqual(readCards(answer), [
    { ...first, use: 0.97, celsius: 61, watts: 289.79 },
    { ...first, use: 0, usedBytes: 3 * 2 ** 20, celsius: 34, watts: 41.06 },
  ]);
});

test('what a card or driver does not tell is unknown, and not nothing', () => {
  const used = { usedBytes: 512 * 2 ** 20 };
  const known = { use: null, usedBytes: null, totalBytes: null, celsius: null, watts: null };
  const cases = [
    // shared out (MIG): its use is told of no whole card
    [
      'NVIDIA A100-SXM4-40GB, [N/A], 512, 40960, 33, 52.81',
      {
        name: 'NVIDIA A100-SXM4-40GB',
        ...known,
        ...used,
        totalBytes: 40_960 * 2 ** 20,
        celsius: 33,
        watts: 52.81,
      },
    ],
    // an older one of consumers
    [
      'GeForce GT 730, [Not Supported], 512, 2001, 38, [Not Supported]',
      { name: 'GeForce GT 730', ...known, ...used, totalBytes: 2001 * 2 ** 20, celsius: 38 },
    ],
    // without memory of its own
    [
      'NVIDIA GB10, 7, [N/A], [N/A], 48, 12.40',
      { name: 'NVIDIA GB10', ...known, use: 0.07, celsius: 48, watts: 12.4 },
    ],
    // WSL
    [
      'NVIDIA GeForce RTX 5090 Laptop GPU, 3, 512, 24463, 41, [Unknown Error]\r',
      {
        ...{ name: 'NVIDIA GeForce RTX 5090 Laptop GPU', ...known, ...used },
        ...{ use: 0.03, totalBytes: 24_463 * 2 ** 20, celsius: 41 },
      },
    ],
    [
      'NVIDIA A30, [GPU requires reset], [Insufficient Permissions], [N/A], N/A, [N/A]',
      { name: 'NVIDIA A30', ...known },
    ],
  ] as const;
  for (const [line, card] of cases) assert.deepEqual(readCards(`${line}\n`), [card]);
});

test('a name keeps its comma, and what is no card is passed over', () => {
  assert.equal(readCards('Card, with a comma, 1, 2, 3, 4, 5')[0]?.name, 'Card, with a comma');
  assert.deepEqual(readCards(''), []);
  assert.deepEqual(readCards('No devices were found\n'), []);
  assert.deepEqual(
    readCards(
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that it is there, and running.\n",
    ),
    [],
  );
  assert.deepEqual(
    readCards('Unable to determine the device handle for GPU 0000:01:00.0: Unknown Error\n'),
    [],
  );
});
