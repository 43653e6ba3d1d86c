import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseCards } from '../../../src-main/trainer/choose-cards.ts';
import { parseCards } from '../../../src-main/machine/find-cards.ts';
import { visibleCards } from '../../../src-main/machine/visible-cards.ts';
import type { Card } from '../../../src-shared/machine/card.ts';

// as nvidia-smi 570 of a machine with cards of two models prints it
const ANSWER = `0, GPU-5e2c91d4-0a7b-11ee-be56-0242ac120002, NVIDIA H100 80GB HBM3, 81559, 1, 570.86.15
1, GPU-5e2c9f00-0a7b-11ee-be56-0242ac120002, NVIDIA H100 80GB HBM3, 81559, 70000, 570.86.15
2, GPU-aa01b2c3-0a7b-11ee-be56-0242ac120002, Tesla T4, Rev. 2, 15360, 0, 570.86.15
3, [N/A], Orin (nvgpu), [N/A], [N/A], 540.3.0
`;
const CARDS = parseCards(ANSWER);
const ALIKE = CARDS.slice(0, 2);

test('cards are read as nvidia-smi tells of them, with what a card or driver does not tell', () => {
  assert.deepEqual(
    CARDS.map(({ id, number, name, totalBytes, usedBytes }) => [
      id.slice(0, 8),
      number,
      name,
      totalBytes,
      usedBytes,
    ]),
    [
      ['GPU-5e2c', '0', 'NVIDIA H100 80GB HBM3', 81559 * 2 ** 20, 2 ** 20],
      ['GPU-5e2c', '1', 'NVIDIA H100 80GB HBM3', 81559 * 2 ** 20, 70000 * 2 ** 20],
      ['GPU-aa01', '2', 'Tesla T4, Rev. 2', 15360 * 2 ** 20, 0],
      ['3', '3', 'Orin (nvgpu)', null, null],
    ],
  );
  assert.deepEqual(parseCards(''), []);
  assert.deepEqual(parseCards('No devices were found\n'), []);
});

const numbers = (cards: readonly Card[]): string => cards.map(({ number }) => number).join(' ');

test('of what CUDA_VISIBLE_DEVICES gives, as CUDA reads it, no card is left out or added', () => {
  const seen = (visible: string | undefined, cards: readonly Card[] = ALIKE, order?: string): string =>
    numbers(visibleCards(cards, { CUDA_VISIBLE_DEVICES: visible, CUDA_DEVICE_ORDER: order }));
  assert.equal(seen(undefined), '0 1');
  assert.equal(seen(''), '');
  assert.equal(seen('-1'), '');
  assert.equal(seen('1'), '1');
  assert.equal(seen('1, 0'), '1 0');
  assert.equal(seen('0,7,1'), '0', 'CUDA sees nothing after what it does not know');
  assert.equal(seen('GPU-5e2c9f'), '1');
  assert.equal(seen('GPU-5e2c9'), '', 'the beginning of two UUIDs');
  assert.equal(seen('MIG-0f3a/1/0,MIG-77'), 'MIG-0f3a/1/0 MIG-77');
  assert.equal(seen('2', []), '2', 'a container without nvidia-smi');
  assert.equal(seen('2,0', CARDS, 'PCI_BUS_ID'), '2 0');
});

test('where cards are of several models, a number that may be CUDA’s own is given on, and not taken for a model', () => {
  const [card] = visibleCards(CARDS, { CUDA_VISIBLE_DEVICES: '2' });
  assert.deepEqual(card, { id: '2', number: '2', name: null, totalBytes: null, usedBytes: null });
  const [known] = visibleCards(CARDS, { CUDA_VISIBLE_DEVICES: '2', CUDA_DEVICE_ORDER: 'PCI_BUS_ID' });
  assert.equal(known?.name, 'Tesla T4, Rev. 2');
});

test('cards on which others leave no room are left out, unless they are asked for or there is no better one', () => {
  const { cards, note } = chooseCards(ALIKE, null);
  assert.equal(numbers(cards), '0');
  assert.equal(
    note,
    'Cards: 0 (NVIDIA H100 80GB HBM3); 1 (NVIDIA H100 80GB HBM3) is left out: others use 73.4 GB of its 85.5 GB; a card that is named is taken whatever others do',
  );
  assert.equal(numbers(chooseCards(ALIKE, ['1']).cards), '1');
  assert.equal(numbers(chooseCards(CARDS, ['GPU-aa', '0', '2']).cards), '2 0', 'one named twice is one');
  const busy = ALIKE.map((card, place) => ({ ...card, usedBytes: (9 - place) * 8e9 }));
  assert.equal(numbers(chooseCards(busy, null).cards), '1');
  assert.deepEqual(chooseCards([], null), { cards: [], note: null });
  assert.deepEqual(chooseCards(ALIKE.slice(0, 1), null).note, null);
});

test('a card that is not there is a mistake that names those that are', () => {
  assert.throws(() => chooseCards(ALIKE, ['0', '4']), {
    code: 'usage',
    message: /^devices: there is no card 4; 0 \(NVIDIA H100 80GB HBM3\), 1 /,
  });
  assert.throws(() => chooseCards([], ['0']), { message: /there is none that nvidia-smi lists/ });
});
