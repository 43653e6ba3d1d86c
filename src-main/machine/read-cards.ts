import type { CardSample } from '../../src-shared/machine/machine-sample.ts';

const FIELDS = [
  'name',
  'utilization.gpu',
  'memory.used',
  'memory.total',
  'temperature.gpu',
  'power.draw',
] as const;

/** What nvidia-smi is asked for. */
export const CARD_QUERY = [`--query-gpu=${FIELDS.join(',')}`, '--format=csv,noheader,nounits'];

const MEBIBYTE = 2 ** 20;

/**
 * What nvidia-smi answers: a line for each card, `NVIDIA H100 80GB HBM3, 97, 30215, 81559, 61, 612.35`, memory in MiB. A field that the
 * card or driver does not have is `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU requires reset]` and the like: use of a card that is shared
 * out (MIG), memory of one that has none of its own. Lines that are no card's are passed over.
 */
export function readCards(text: string): CardSample[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim());
    // a name may have a comma, the others have none
    const [total, celsius, watts] = fields.slice(-3).map(numberOf);
    const [use, used] = fields.slice(-5, -3).map(numberOf);
    const name = fields.slice(0, -5).join(', ');
    if (name === '') return [];
    return [
      {
        name,
        use: scaled(use, 1 / 100),
        usedBytes: scaled(used, MEBIBYTE),
        totalBytes: scaled(total, MEBIBYTE),
        celsius: celsius ?? null,
        watts: watts ?? null,
      },
    ];
  });
}

function numberOf(field: string): number | null {
  return /^\d+(\.\d+)?$/.test(field) ? Number(field) : null;
}

function scaled(value: number | null | undefined, factor: number): number | null {
  return value == null ? null : value * factor;
}
