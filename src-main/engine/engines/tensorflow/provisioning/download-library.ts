import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { x as extract } from 'tar';
import { Problem } from '../../../../../src-shared/mistakes/problem.ts';
import { installing, mendedByInstalling } from '../../../installations/install-advice.ts';
import type { InstallOptions } from '../../../installations/progress.ts';
import { FetchFailure, fetchFile } from './fetch-file.ts';

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
  await fetchLibrary(address, file, options);
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

async function fetchLibrary(address: string, file: string, options: InstallOptions): Promise<void> {
  try {
    // the package names no checksum
    await fetchFile({ url: address, sha256: null }, file, options);
  } catch (error) {
    if (!(error instanceof FetchFailure)) throw error;
    throw mendedByInstalling(
      'engine-missing',
      `The library of tfjs-node could not be downloaded: ${error.message}. Take TensorFlow from its Python wheel instead`,
      installing('cpu'),
      { cause: error },
    );
  }
}
