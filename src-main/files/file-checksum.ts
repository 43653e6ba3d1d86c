import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The checksum of a file, hexadecimal. */
export async function fileChecksum(file: string, algorithm: 'md5' | 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
