import fs from 'node:fs';
import path from 'node:path';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { OfficialFile } from './catalogue.ts';
import { fetchReason } from '../fetch-reason.ts';
import { requireRoom, withDiskFull } from '../files/disk-full.ts';
import { fileChecksum } from '../files/file-checksum.ts';

export interface DownloadOptions {
  /** Bytes so far, those of an earlier attempt included, and in all if the server says so. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches a file into a folder, goes on where an earlier attempt stopped (`<name>.part`, HTTP range), and checks its
 * checksum. A file that is there and right is not fetched again.
 * @returns the file's path
 * @throws Problem `data-missing` if the server cannot be reached or refuses, `data-invalid` if the connection broke
 *   (what came is kept for the next attempt), or if more comes than the file has or the checksum differs (what came is
 *   removed), `disk-full`
 */
export async function downloadFile(
  file: OfficialFile,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  const target = path.join(folder, path.posix.basename(new URL(file.url).pathname));
  const partial = `${target}.part`;
  try {
    fs.mkdirSync(folder, { recursive: true });
    if (fs.existsSync(target)) {
      if ((await fileChecksum(target, file.checksum.algorithm)) === file.checksum.value) return target;
      fs.rmSync(target);
    }
    await fetchRest(file, partial, options);
    await checkFile(file, partial);
    fs.renameSync(partial, target);
    return target;
  } catch (error) {
    throw withDiskFull(error, folder);
  }
}

async function fetchRest(
  { url, bytes }: OfficialFile,
  partial: string,
  options: DownloadOptions,
): Promise<void> {
  const have = fs.statSync(partial, { throwIfNoEntry: false })?.size ?? 0;
  const response = await request(url, have, options.signal);
  if (response.status === 416) {
    // The range starts at or beyond the end: the whole file is there, or something else; the checksum tells.
    await response.body?.cancel();
    return;
  }
  if (!response.ok || response.body === null) {
    throw new Problem(
      'data-missing',
      `${url}: the server answered ${response.status} ${response.statusText}. ${OTHERWISE}`,
    );
  }
  requireRoom(path.dirname(partial), bytes - have);
  const start = response.status === 206 ? have : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  const handle = fs.openSync(partial, start > 0 ? 'a' : 'w');
  let done = start;
  try {
    options.onProgress?.(done, total);
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      if (done + chunk.length > bytes) throw tooMuch(url, bytes, partial);
      fs.writeSync(handle, chunk);
      done += chunk.length;
      options.onProgress?.(done, total);
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof TypeError)) throw error;
    throw brokenOff(url, done, total, error);
  } finally {
    fs.closeSync(handle);
  }
  if (total !== null && done < total) throw brokenOff(url, done, total, null);
}

const OTHERWISE =
  'Try again later, or get the file by other means and add the data set from that file (--from FILE).';

async function request(url: string, have: number, signal: AbortSignal | undefined): Promise<Response> {
  // Without "identity" a server may compress on the way, and ranges would count other bytes.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have > 0) headers['range'] = `bytes=${have}-`;
  try {
    return await fetch(url, { headers, ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    const host = new URL(url).host;
    throw new Problem('data-missing', `cannot reach ${host} (${fetchReason(error)}). ${OTHERWISE}`, {
      cause: error,
    });
  }
}

function brokenOff(url: string, done: number, total: number | null, cause: unknown): Problem {
  const of = total === null ? '' : ` of ${total}`;
  return new Problem(
    'data-invalid',
    `${url}: the connection broke after ${done}${of} bytes. The next attempt goes on from there.`,
    { cause },
  );
}

function tooMuch(url: string, bytes: number, partial: string): Problem {
  fs.rmSync(partial);
  return new Problem(
    'data-invalid',
    `${url}: the server sends more than the ${bytes} bytes of the official file. The partial download was removed. ${OTHERWISE}`,
  );
}

async function checkFile({ url, checksum }: OfficialFile, partial: string): Promise<void> {
  const found = await fileChecksum(partial, checksum.algorithm);
  if (found === checksum.value) return;
  fs.rmSync(partial);
  throw new Problem(
    'data-invalid',
    `${url}: the checksum differs (${checksum.algorithm} expected ${checksum.value}, found ${found}). The file was removed. ${OTHERWISE}`,
  );
}
