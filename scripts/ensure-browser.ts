import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The shell is Chromium without a window: a page costs a quarter less CPU time in it. */
const PLACES = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
/** Of Debian, in this order: older releases have no shell. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

/** The browser that page tests drive, or null. KINDLING_CHROMIUM names another. */
export function findBrowser(): string | null {
  const chosen = process.env['KINDLING_CHROMIUM'];
  return [...(chosen ? [chosen] : []), ...PLACES].find((file) => existsSync(file)) ?? null;
}

/** Installs Chromium where that takes no question (root on Debian); page tests say that they skip otherwise. */
export function ensureBrowser(): void {
  if (findBrowser() !== null) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(
      'No Chromium was found: the page tests are skipped. Install it, or set KINDLING_CHROMIUM to its path.',
    );
    return;
  }
  console.error('Installing Chromium for the page tests …');
  aptGet('update', '-q');
  if (!PACKAGES.some((name) => aptGet('install', '-q', '-y', '--no-install-recommends', name)))
    console.error('apt-get install failed: the page tests are skipped without Chromium.');
}

/** @returns whether it succeeded */
function aptGet(...parameters: readonly string[]): boolean {
  const { status } = spawnSync('apt-get', parameters, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}
