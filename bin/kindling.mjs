#!/usr/bin/env node
/** The `kindling` command: finds Node 24 and runs the command line on it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findNode, isNodeNewEnough, root } from '../scripts/bootstrap.mjs';
import { launch } from '../scripts/launch.mjs';

const node = isNodeNewEnough() ? process.execPath : findNode();
const hasPackages = existsSync(path.join(root, 'node_modules', 'commander'));
if (node === null || !hasPackages) {
  const missing = hasPackages ? 'Node 24 is' : 'The packages are';
  console.error(`kindling: ${missing} not installed. Type \`npm ci\` in ${root}`);
  process.exitCode = 1;
} else {
  await launch(node, path.join(root, 'src-main', 'cli', 'main.ts'), process.argv.slice(2));
}
