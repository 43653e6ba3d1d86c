import type { Card } from '../../src-shared/machine/card.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { decimalSize } from '../../src-shared/numbers.ts';

/** Of a card's memory, that others may use before trainers are kept off it. */
const MOST_USED = 0.5;

export interface ChosenCards {
  readonly cards: readonly Card[];
  /** Which, and why not others; for people. Null where there is nothing to choose. */
  readonly note: string | null;
}

/**
 * The cards that trainers are given.
 *
 * @param cards that this process may use
 * @param wanted numbers or beginnings of UUIDs, which are followed; null for all on whose memory others leave room, or the one on which they
 *   leave most
 * @throws Problem `usage` for one that there is not, with those that there are
 */
export function chooseCards(cards: readonly Card[], wanted: readonly string[] | null): ChosenCards {
  if (wanted !== null) return told(namedCards(cards, wanted), []);
  const free = cards.filter((card) => usedShare(card) <= MOST_USED);
  const [first] = cards.toSorted((a, b) => usedShare(a) - usedShare(b));
  const chosen = free.length > 0 || first === undefined ? free : [first];
  return told(
    chosen,
    cards.filter((card) => !chosen.includes(card)),
  );
}

function namedCards(cards: readonly Card[], wanted: readonly string[]): Card[] {
  const named = wanted.map((name) => {
    const card = cards.find(
      ({ id, number }) => number === name || (!/^\d+$/.test(name) && id.startsWith(name)),
    );
    if (card) return card;
    const there = cards.length === 0 ? 'there is none that nvidia-smi lists' : cards.map(titleOf).join(', ');
    throw new Problem('usage', `devices: there is no card ${name}; ${there}.`);
  });
  return [...new Set(named)];
}

function told(chosen: readonly Card[], left: readonly Card[]): ChosenCards {
  if (chosen.length + left.length < 2) return { cards: chosen, note: null };
  const out = left.map((card) => `${titleOf(card)} is left out: ${useOf(card)}`);
  const more = left.length === 0 ? [] : ['a card that is named is taken whatever others do'];
  return { cards: chosen, note: [`Cards: ${chosen.map(titleOf).join(', ')}`, ...out, ...more].join('; ') };
}

function titleOf({ number, name }: Card): string {
  return name === null ? number : `${number} (${name})`;
}

function useOf({ usedBytes, totalBytes }: Card): string {
  return `others use ${decimalSize(usedBytes ?? 0)} of its ${decimalSize(totalBytes ?? 0)}`;
}

function usedShare({ usedBytes, totalBytes }: Card): number {
  return usedBytes === null || totalBytes === null || totalBytes === 0 ? 0 : usedBytes / totalBytes;
}
