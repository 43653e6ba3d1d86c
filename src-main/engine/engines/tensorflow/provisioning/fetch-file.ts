import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fetchReason } from '../../../../fetch-reason.ts';
import { withDiskFull } from '../../../../files/disk-full.ts';
import { fileChecksum } from '../../../../files/file-checksum.ts';
import type { InstallOptions } from '../../../installations/progress.ts';

export interface FetchedFile {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Checked where there is one; hexadecimal. */
  readonly sha256: string | null;
}

/** What is wrong, for people: the address, and what it answered. */
export class FetchFailure extends Error {}

/** The file has come whole, and is another one. */
export class WrongChecksum extends FetchFailure {}

/** Seconds to wait before a connection that broke is made anew, which goes on where it broke. */
const PAUSES = [1, 2, 5, 10];

/**
 * Fetches a file of any size with progress; what came is removed where it does not come whole, as pip would take it for the file.
 * @param pauses before each further attempt, in seconds
 * @throws FetchFailure; Problem `disk-full`; the reason of the signal
 */
export async function fetchFile(
  { url, headers = {}, sha256 }: FetchedFile,
  target: string,
  { onProgress, signal }: InstallOptions,
  pauses: readonly number[] = PAUSES,
): Promise<void> {
  const detail = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? url);
  const handle = openSync(target, 'w');
  let done = 0;
  const fetchRest = async (): Promise<void> => {
    const range: Record<string, string> = done > 0 ? { range: `bytes=${done}-` } : {};
    const response = await fetch(url, {
      headers: { ...headers, ...range, 'accept-encoding': 'identity' },
      ...(signal ? { signal } : {}),
    });
    if (!response.ok || response.body === null)
      throw new FetchFailure(`${url} answered ${response.status} ${response.statusText}`);
    // a server that knows no ranges sends all of it again
    if (response.status !== 206) ftruncateSync(handle, (done = 0));
    const length = response.headers.get('content-length');
    const total = length === null ? null : done + Number(length);
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      for (let written = 0; written < chunk.length;)
        written += writeSync(handle, chunk, written, chunk.length - written, done + written);
      done += chunk.length;
      onProgress?.({ stage: 'download', detail, done, total });
    }
    if (total !== null && done < total) throw new TypeError('the connection ended early');
  };
  try {
    for (let attempt = 0; ; attempt++) {
      const before = done;
      try {
        await fetchRest();
        break;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof TypeError)) throw withDiskFull(error, target);
        // as often as it likes, as long as some of it comes each time
        if (done > before) attempt = 0;
        const pause = pauses[attempt];
        if (pause === undefined || done === 0) throw broken(url, done, error);
        await setTimeout(1000 * pause, undefined, signal ? { signal } : {}).catch(() =>
          signal?.throwIfAborted(),
        );
      }
    }
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  if (sha256 === null) return;
  const found = await fileChecksum(target, 'sha256');
  if (found !== sha256) throw new WrongChecksum(`${url}: its SHA-256 is ${found}, not ${sha256}`);
}

function broken(url: string, done: number, error: Error): FetchFailure {
  const after = done > 0 ? ` after ${done} bytes` : '';
  return new FetchFailure(`${url} could not be fetched${after} (${fetchReason(error)})`, { cause: error });
}
