import { existsSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../src-shared/mistakes/problem.ts';

/**
 * The Node that runs trainers and other programs of ours: this process's own, unless that is Electron, whose executable
 * runs no scripts. Beside a packaged application lies a Node of its own; in a checkout KINDLING_NODE names it.
 * @throws Problem where there is none
 */
export function plainNode(): string {
  if (process.versions['electron'] === undefined) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const beside = path.join(process.resourcesPath, 'node', 'bin', name);
  const chosen = process.env['KINDLING_NODE'];
  const found = [beside, ...(chosen ? [chosen] : [])].find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Problem(
    'not-found',
    `There is no Node next to the application (${beside}): install Kindling again, or set KINDLING_NODE to a Node 24.`,
  );
}
