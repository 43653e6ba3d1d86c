import type { CardSample } from '../../src-shared/machine/machine-sample.ts';
import { bytesOf, readAnswer } from './nvidia-smi.ts';

/** What nvidia-smi is asked for. */
export const CARD_FIELDS = [
  'name',
  'utilization.gpu',
  'memory.used',
  'memory.total',
  'temperature.gpu',
  'power.draw',
];

/**
 * Lines of `NVIDIA H100 80GB HBM3, 97, 30215, 81559, 61, 612.35`. Null is what is not known: the use of a card that is shared out (MIG), memory
 * of one that has none of its own.
 */
export function readCards(text: string): CardSample[] {
  return readAnswer(text, CARD_FIELDS).map(
    ([name = '', use = '', used = '', total = '', celsius = '', watts = '']) => {
      const percent = numberOf(use);
      return {
        ...{ name, use: percent === null ? null : percent / 100 },
        ...{ usedBytes: bytesOf(used), totalBytes: bytesOf(total) },
        ...{ celsius: numberOf(celsius), watts: numberOf(watts) },
      };
    },
  );
}

function numberOf(field: string): number | null {
  return /^\d+(\.\d+)?$/.test(field) ? Number(field) : null;
}
