import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const addressSchema = z.object({ socket: z.string(), token: z.string() });

/** How a command reaches the application that holds a store. */
export type HostAddress = z.infer<typeof addressSchema>;

/** Beside the store, for nobody but its user. It may be that of an application that is dead. */
function addressFile(store: string): string {
  return `${resolve(store)}.host`;
}

export function writeAddress(store: string, address: HostAddress): void {
  const file = addressFile(store);
  const unfinished = `${file}.${process.pid}`;
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
  renameSync(unfinished, file);
}

/** Null where there is none, or none that can be read. */
export function readAddress(store: string): HostAddress | null {
  try {
    return addressSchema.parse(JSON.parse(readFileSync(addressFile(store), 'utf8')));
  } catch {
    return null;
  }
}

export function removeAddress(store: string): void {
  rmSync(addressFile(store), { force: true });
}
