import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SentFile } from '../../src-shared/contract/api/imports.ts';
import { plainName } from '../files/plain-name.ts';

/** Files that were sent are read like those of the host, and are gone afterwards. */
export async function withSentFiles<Result>(
  sent: readonly SentFile[],
  read: (files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if (sent.length === 0) return read([]);
  const folder = await mkdtemp(path.join(tmpdir(), 'kindling-import-'));
  try {
    const files: string[] = [];
    // two may have the same name, and another system's may have backslashes
    for (const [index, { name, base64 }] of sent.entries()) {
      const own = path.join(folder, String(index));
      await mkdir(own);
      files.push(path.join(own, plainName(path.basename(name.replaceAll('\\', '/')))));
      await writeFile(files[index] ?? '', Buffer.from(base64, 'base64'));
    }
    return await read(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
