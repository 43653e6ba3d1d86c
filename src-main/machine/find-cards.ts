import type { Card } from '../../src-shared/machine/card.ts';
import { askNvidiaSmi, bytesOf, readAnswer } from './nvidia-smi.ts';

const FIELDS = ['index', 'uuid', 'name', 'memory.total', 'memory.used', 'driver_version'];

export interface FoundCard extends Card {
  readonly name: string;
  readonly driver: string;
}

/** The NVIDIA cards of this machine in nvidia-smi's order; none where that is missing or fails. */
export async function findCards(): Promise<FoundCard[]> {
  try {
    const { status, stdout } = await askNvidiaSmi(FIELDS);
    return status === 0 ? parseCards(stdout) : [];
  } catch {
    return [];
  }
}

/** Lines of `0, GPU-5e2c…, NVIDIA H100 80GB HBM3, 81559, 0, 570.86.15`; what is not known is null. */
export function parseCards(text: string): FoundCard[] {
  return readAnswer(text, FIELDS).map(
    ([number = '', uuid = '', name = '', total = '', used = '', driver = '']) => ({
      ...{ id: /^[A-Z]+-/.test(uuid) ? uuid : number, number, name },
      ...{ totalBytes: bytesOf(total), usedBytes: bytesOf(used), driver },
    }),
  );
}
