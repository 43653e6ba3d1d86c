import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSpecification } from '../../../src-shared/studies/trainer-protocol.ts';
import { fileChecksum } from '../../files/file-checksum.ts';
import { filesToGoOn } from '../../spool/submit-run.ts';
import type { RelayConnection } from './relay-connection.ts';
import { PIECE_BYTES, type RelayedFile } from './relay-protocol.ts';

/** Sends the files from which a run goes on that was trained in part elsewhere, but for those that are there. @throws ConnectionLost */
export async function sendFiles(
  connection: RelayConnection,
  specification: Pick<RunSpecification, 'run' | 'artifacts' | 'goOn'>,
): Promise<void> {
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
  const put = (bytes: Uint8Array<ArrayBuffer>): Promise<null> => {
    const answer = connection.ask('put', { run, file, offset, bytes });
    // that to the last one is that to all; a connection may be lost while the next one is read
    answer.catch(() => undefined);
    offset += bytes.length;
    return answer;
  };
  let last = put(new Uint8Array());
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    last = put(new Uint8Array(piece as Buffer));
    await connection.hasRoom();
  }
  await last;
}
