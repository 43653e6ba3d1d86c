/**
 * Sets up what a clean clone lacks before anything else can run: the packages of package-lock.json and
 * Node 24. Plain JavaScript without dependencies, because it runs on the machine's own Node (20 or newer).
 * What needs those packages (the engine, the browser for page tests) is set up by tasks.ts afterwards.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const STAMP = path.join(root, 'node_modules', '.kindling-setup');
const OLDEST_NODE = 24;

/** True when this process can run Kindling itself, without another Node. */
export function isNodeNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= OLDEST_NODE;
}

/** The Node 24 that comes with the packages, or null when they are not installed. */
export function findNode() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const names = ['node', 'node-bin'].map((name) => `${name}-${platformName()}-${process.arch}`);
  const files = names.map((name) => path.join(root, 'node_modules', name, 'bin', executable));
  return files.find((file) => existsSync(file)) ?? null;
}

/**
 * Installs the packages unless they are those of the lockfile already, and says so.
 * @returns path of a Node 24 or newer
 * @throws Error with what to do
 */
export function ensureSetup() {
  const lockfile = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockfile).digest('hex');
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== hash) {
    if (!isInstalled(lockfile)) installPackages();
    // npm makes no folder where there is nothing to install.
    mkdirSync(path.dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, hash);
  }
  if (isNodeNewEnough()) return process.execPath;
  const node = findNode();
  if (node !== null) return node;
  throw new Error(
    `There is no Node 24 package for ${process.platform} on ${process.arch}: install Node 24 or newer and start again.`,
  );
}

/** npm's own record says whether each package of the lockfile that this platform needs is there. */
function isInstalled(lockfile) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(lockfile).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || (present[name] ? present[name].version === version : optional),
  );
}

function installPackages() {
  console.error('Installing the packages of package-lock.json …');
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--include=dev', '--loglevel=error'], {
    cwd: root,
    shell: windows,
    // Standard output belongs to the command that was asked for.
    stdio: ['ignore', 2, 2],
  });
  if (result.status === 0) return;
  if (result.signal) process.exit(128 + (constants.signals[result.signal] ?? 0));
  throw new Error(
    result.error
      ? `npm could not be started: ${result.error.message}`
      : '`npm ci` failed (see above). Mend its cause and start again.',
  );
}

function platformName() {
  return process.platform === 'win32' ? 'win' : process.platform;
}
