import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSpecification } from '../../../src-shared/studies/trainer-protocol.ts';
import { fileChecksum } from '../../files/file-checksum.ts';
import { filesToGoOn } from '../../spool/submit-run.ts';
import type { RelayConnection } from './relay-connection.ts';
import { PIECE_BYTES, type RelayedFile } from './relay-protocol.ts';

/** Sends the files from which a run goes on that was trained in part elsewhere, but for those that are there. @throws ConnectionLost */
export async function sendFiles(connection: RelayConnection, specification: RunSpecification): Promise<void> {
  const { run } = specification;
  const sent: (RelayedFile & { path: string })[] = [];
  for (const { folder, file } of await filesToGoOn(specification)) {
    const path = join(folder, file);
    const { size: bytes } = await stat(path);
    sent.push({ file, bytes, sha256: await fileChecksum(path, 'sha256'), path });
  }
  if (sent.length === 0) return;
  const files = sent.map(({ file, bytes, sha256 }) => ({ file, bytes, sha256 }));
  const wanted = new Set(await connection.ask('want', { run, files }));
  for (const { path, ...file } of sent) if (wanted.has(file.file)) await send(connection, run, file, path);
}

async function send(
  connection: RelayConnection,
  run: string,
  file: RelayedFile,
  path: string,
): Promise<void> {
  let offset = 0;
  let last = connection.ask('put', { run, file, offset, bytes: new Uint8Array() });
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    const bytes = new Uint8Array(piece as Buffer);
    // the answer to the last one is that to all
    last.catch(() => undefined);
    last = connection.ask('put', { run, file, offset, bytes });
    offset += bytes.length;
    await connection.hasRoom();
  }
  await last;
}
