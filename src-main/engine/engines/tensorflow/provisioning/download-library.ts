import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { x as extract } from 'tar';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import type { InstallOptions } from '../../../installations/progress.ts';

/** As in scripts/install.js of @tensorflow/tfjs-node 4.22; TFJS_NODE_CDN_STORAGE moves it, as there. */
const VERSION = '2.9.1';
const HOST = process.env['TFJS_NODE_CDN_STORAGE'] ?? 'https://storage.googleapis.com/';

/**
 * Downloads and unpacks libtensorflow (`include/`, `lib/`) into a folder.
 * @returns the address
 * @throws Problem `engine-missing` when it cannot be fetched
 */
export async function downloadLibrary(folder: string, options: InstallOptions): Promise<string> {
  const address = libraryAddress(process.platform, process.arch);
  const file = join(folder, 'download', 'libtensorflow.tar.gz');
  mkdirSync(join(folder, 'download'));
  options.onProgress?.({ stage: 'find', detail: address, done: null, total: null });
  const response = await open(address, options.signal);
  const total = Number(response.headers.get('content-length')) || null;
  let done = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      options.onProgress?.({ stage: 'download', detail: address, done, total });
      next(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body as ReadableStream), meter, createWriteStream(file), {
    ...(options.signal ? { signal: options.signal } : {}),
  });
  options.onProgress?.({ stage: 'extract', detail: 'libtensorflow', done: null, total: null });
  await extract({ file, cwd: folder });
  rmSync(join(folder, 'download'), { recursive: true });
  return address;
}

/** @throws Problem `engine-missing` where the package offers nothing */
function libraryAddress(platform: string, arch: string): string {
  if (platform === 'linux' && arch === 'x64')
    return `${HOST}tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-${VERSION}.tar.gz`;
  if (platform === 'linux' && arch === 'arm64')
    return `${HOST}tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz`;
  if (platform === 'darwin' && arch === 'arm64')
    return `${HOST}tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz`;
  if (platform === 'darwin' && arch === 'x64')
    return `${HOST}tensorflow/libtensorflow/libtensorflow-cpu-darwin-x86_64-${VERSION}.tar.gz`;
  throw new Problem('engine-missing', `tfjs-node offers no library for ${platform} on ${arch}.`);
}

async function open(address: string, signal: AbortSignal | undefined): Promise<Response> {
  try {
    const response = await fetch(address, signal ? { signal } : {});
    if (response.ok) return response;
    throw new Error(`it answered ${response.status} ${response.statusText}`);
  } catch (error) {
    signal?.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Problem(
      'engine-missing',
      `${address} could not be downloaded (${error instanceof Error ? error.message : String(error)}${cause}). ` +
        'Run `kindling engine install cpu` to take TensorFlow from its Python wheel instead.',
      { cause: error },
    );
  }
}
