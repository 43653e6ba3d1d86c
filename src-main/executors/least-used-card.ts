import { type Card, freeOf } from '../../src-shared/machine/card.ts';

/**
 * The card that the fewest use, of those that have memory for one more the first; null where there are none.
 * @param bytes of its memory that each user takes; 0 where that is unknown
 */
export function leastUsedCard(
  cards: readonly Card[],
  usersOf: (card: Card) => number,
  bytes: number,
): Card | null {
  const isFull = (card: Card): boolean => (usersOf(card) + 1) * bytes > (freeOf(card) ?? Infinity);
  const [first = null] = cards.toSorted(
    (a, b) => Number(isFull(a)) - Number(isFull(b)) || usersOf(a) - usersOf(b),
  );
  return first;
}
