import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the C++ of Kindling's own kernels. */
export const KERNEL_SOURCES = join(import.meta.dirname, '../../../../../src-native');

/** The files that are compiled each by itself. */
export function kernelUnits(): string[] {
  return files().filter((name) => name.endsWith('.cpp'));
}

let digest: string | null = null;

/** Where the kernels of this version of Kindling are in an engine's folder, if they were compiled. */
export function kernelsFile({ folder }: { readonly folder: string }): string {
  return join(folder, `kernels-${kernelSourcesDigest()}.node`);
}

/** Tells apart kernels compiled from other sources: an engine outlives versions of Kindling. */
function kernelSourcesDigest(): string {
  if (digest !== null) return digest;
  const hash = createHash('sha256');
  for (const name of files()) hash.update(`${name}\n`).update(readFileSync(join(KERNEL_SOURCES, name)));
  digest = hash.digest('hex').slice(0, 12);
  return digest;
}

function files(): string[] {
  return readdirSync(KERNEL_SOURCES)
    .filter((name) => /\.(cpp|h)$/.test(name))
    .toSorted();
}
