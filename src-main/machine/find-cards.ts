import type { Card } from '../../src-shared/machine/card.ts';
import { runCommand } from '../work/run-command.ts';

const FIELDS = ['index', 'uuid', 'name', 'memory.total', 'memory.used', 'driver_version'] as const;
const MEBIBYTE = 2 ** 20;
/** A driver that wakes its cards takes seconds. */
const TIMEOUT_MS = 20_000;

export interface FoundCard extends Card {
  readonly name: string;
  readonly driver: string;
}

/** The NVIDIA cards of this machine in nvidia-smi's order; none where that is missing or fails. */
export async function findCards(): Promise<FoundCard[]> {
  const query = [`--query-gpu=${FIELDS.join(',')}`, '--format=csv,noheader,nounits'];
  try {
    const { status, stdout } = await runCommand('nvidia-smi', query, { timeout: TIMEOUT_MS });
    return status === 0 ? parseCards(stdout) : [];
  } catch {
    return [];
  }
}

/**
 * Lines of `0, GPU-5e2c…, NVIDIA H100 80GB HBM3, 81559, 0, 570.86.15`, memory in MiB; `[N/A]` and the like where a card has no memory of its
 * own or the driver does not tell.
 */
export function parseCards(text: string): FoundCard[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim());
    if (fields.length < FIELDS.length) return [];
    const [number = '', uuid = ''] = fields;
    const [total = '', used = '', driver = ''] = fields.slice(-3);
    // a name may have a comma, the others have none
    const name = fields.slice(2, -3).join(', ');
    const id = /^[A-Z]+-/.test(uuid) ? uuid : number;
    return [{ id, number, name, totalBytes: bytes(total), usedBytes: bytes(used), driver }];
  });
}

function bytes(mebibytes: string): number | null {
  return /^\d+$/.test(mebibytes) ? Number(mebibytes) * MEBIBYTE : null;
}
