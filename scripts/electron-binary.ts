import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Electron's executable in the packages, or null where it was not downloaded yet. */
export function findElectron(root: string): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const file = path.join(chosen ?? path.join(folder, 'dist'), readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : null;
}

/**
 * Downloads Electron's executable as the package itself would at its first start, and says so. Without a network this
 * fails within seconds.
 * @returns null when it is there, else why not
 */
export function downloadElectron(root: string): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  console.error(`Downloading Electron ${version} (120 MB, once) …`);
  const { status, stderr, error } = spawnSync(process.execPath, [path.join(folder, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return null;
  return error?.message ?? (stderr.trim().split('\n')[0] || `status ${status}`);
}

/** Why no window can be opened here whatever is installed; null where one can. */
export function whyNoWindow(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
  user: number | undefined,
): string | null {
  if (platform !== 'linux') return null;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'there is no display';
  if (user === 0) return 'Electron opens none for root';
  return null;
}
