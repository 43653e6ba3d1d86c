import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A Node of this machine that is older than 24, with which the launcher is a process of its own; else the one that runs this. */
export function launcherNode(): string {
  const older = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => path.join(folder, 'node'))
    .find((file) => fs.existsSync(file) && majorOf(file) < 24);
  return older ?? process.execPath;
}

function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return Number.parseInt(stdout, 10) || Infinity;
}
