import type { Card } from '../../../src-shared/machine/card.ts';
import { leastUsedCard } from '../least-used-card.ts';

interface Given {
  readonly card: Card;
  /** Whether who had it has it no more. */
  isBack: () => boolean;
}

/**
 * Gives each trainer a card: the one that the fewest have, of those that have memory for one more the first; so the successor of a dead
 * trainer has its card.
 */
export class CardDealer {
  readonly #cards: readonly Card[];
  readonly #given = new Set<Given>();
  #bytes = 0;

  constructor(cards: readonly Card[]) {
    this.#cards = cards;
  }

  /** @param bytes of a card's memory that each takes; 0 where that is unknown */
  leaveRoom(bytes: number): void {
    this.#bytes = bytes;
  }

  /**
   * Starts something on a card.
   *
   * @param start is given null where there are no cards to deal
   * @param isGone whether what was started has left its card
   */
  async start<Started>(
    start: (card: Card | null) => Promise<Started>,
    isGone: (started: Started) => boolean,
  ): Promise<Started> {
    const card = this.#next();
    if (card === null) return start(null);
    const given: Given = { card, isBack: () => false };
    this.#given.add(given);
    try {
      const started = await start(card);
      given.isBack = () => isGone(started);
      return started;
    } catch (error) {
      this.#given.delete(given);
      throw error;
    }
  }

  #next(): Card | null {
    for (const given of this.#given) if (given.isBack()) this.#given.delete(given);
    const users = (card: Card): number => [...this.#given].filter((given) => given.card === card).length;
    return leastUsedCard(this.#cards, users, this.#bytes);
  }
}
