import type { Card } from '../../src-shared/machine/card.ts';

/**
 * The cards that a process with this environment would see, of those that there are: the user, or a cluster, has given it these.
 *
 * CUDA reads `CUDA_VISIBLE_DEVICES` as numbers or the beginnings of UUIDs with commas between, up to the first that it does not know
 * (CUDA C++ Programming Guide, "CUDA environment variables"). Its numbers are nvidia-smi's only with `CUDA_DEVICE_ORDER=PCI_BUS_ID`, or where
 * all cards are of one model; otherwise the card is given on by the number as it stands, and what it is remains unknown.
 */
export function visibleCards(
  cards: readonly Card[],
  environment: Readonly<Record<string, string | undefined>>,
): Card[] {
  const visible = environment['CUDA_VISIBLE_DEVICES'];
  if (visible === undefined) return [...cards];
  const areNumbersKnown =
    environment['CUDA_DEVICE_ORDER'] === 'PCI_BUS_ID' || new Set(cards.map(({ name }) => name)).size <= 1;
  const seen: Card[] = [];
  for (const entry of visible.split(',').map((part) => part.trim())) {
    const card = cardOf(cards, entry, areNumbersKnown);
    if (card === null) break;
    seen.push(card);
  }
  return seen;
}

/** Null for what ends the list: CUDA sees nothing after it. */
function cardOf(cards: readonly Card[], entry: string, areNumbersKnown: boolean): Card | null {
  if (/^\d+$/.test(entry)) {
    const card = cards.find(({ number }) => number === entry);
    // a container may hide the driver's program, and what was given to it is there all the same
    if (card === undefined) return cards.length === 0 ? unknown(entry, entry) : null;
    return areNumbersKnown ? card : unknown(entry, entry);
  }
  // a part of a card, which nvidia-smi does not list with the whole ones
  if (entry.startsWith('MIG-')) return unknown(entry, entry);
  const [card, second] = entry.startsWith('GPU-') ? cards.filter(({ id }) => id.startsWith(entry)) : [];
  return second === undefined ? (card ?? null) : null;
}

function unknown(id: string, number: string): Card {
  return { id, number, name: null, totalBytes: null, usedBytes: null };
}
