import type { Card } from '../../../src-shared/machine/card.ts';

interface Given {
  readonly card: Card;
  /** Whether who had it has it no more. */
  readonly isBack: () => boolean;
}

/** Gives each trainer a card: the one that the fewest have, of those the first; so the successor of a dead trainer has its card. */
export class CardDealer {
  readonly #cards: readonly Card[];
  #given: Given[] = [];

  constructor(cards: readonly Card[]) {
    this.#cards = cards;
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
    let started: { readonly it: Started } | 'starting' | 'failed' = 'starting';
    this.#given.push({
      card,
      isBack: () => started === 'failed' || (started !== 'starting' && isGone(started.it)),
    });
    try {
      const it = await start(card);
      started = { it };
      return it;
    } catch (error) {
      started = 'failed';
      throw error;
    }
  }

  #next(): Card | null {
    this.#given = this.#given.filter(({ isBack }) => !isBack());
    const users = (card: Card): number => this.#given.filter((given) => given.card === card).length;
    return this.#cards.toSorted((a, b) => users(a) - users(b))[0] ?? null;
  }
}
