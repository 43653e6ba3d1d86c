import { type CommandResult, runCommand } from '../work/run-command.ts';

/** A driver that wakes its cards takes seconds. */
const TIMEOUT_MS = 20_000;
const MEBIBYTE = 2 ** 20;

/** Asks NVIDIA's driver for fields of its cards. @throws as `runCommand` */
export function askNvidiaSmi(fields: readonly string[], signal?: AbortSignal): Promise<CommandResult> {
  const query = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  return runCommand('nvidia-smi', query, { timeout: TIMEOUT_MS, signal });
}

/**
 * The values of the fields that were asked for, of each card in a line of its own: `NVIDIA H100 80GB HBM3, 97, 30215`. One that the card or
 * driver does not have is `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU requires reset]` and the like. Lines that are no card's are
 * passed over.
 *
 * @param fields with `name`, which may have a comma; the others have none
 */
export function readAnswer(text: string, fields: readonly string[]): string[][] {
  const before = fields.indexOf('name');
  const after = fields.length - before - 1;
  return text.split(/\r?\n/).flatMap((line) => {
    const parts = line.split(',').map((part) => part.trim());
    if (parts.length < fields.length) return [];
    const rest = parts.length - after;
    const name = parts.slice(before, rest).join(', ');
    return name === '' ? [] : [[...parts.slice(0, before), name, ...parts.slice(rest)]];
  });
}

/** Of memory, which is in MiB; null where it is not known. */
export function bytesOf(field: string): number | null {
  return /^\d+$/.test(field) ? Number(field) * MEBIBYTE : null;
}
