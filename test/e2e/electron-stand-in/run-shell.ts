import { registerHooks } from 'node:module';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { eventually } from '../eventually.ts';
import { BrowserWindow } from './browser-window.ts';
import { beginMachine, type Machine } from './machine.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const MAIN = new URL('../../../src-main/desktop/main.ts', import.meta.url).href;
const ELECTRON = new URL('electron.ts', import.meta.url).href;

let life = 0;

/** Starts the shell as `electron . PARAMETERS` would, and resolves when its first window shows its page. */
export async function runShell(
  browser: Browser,
  home: string,
  parameters: readonly string[] = [],
): Promise<Machine> {
  life += 1;
  if (life === 1) {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'electron' ? { url: ELECTRON, shortCircuit: true } : next(specifier, context),
    });
    Object.assign(process, { resourcesPath: path.join(ROOT, 'resources') });
  }
  const machine = beginMachine(browser);
  process.env['KINDLING_HOME'] = home;
  process.argv = [process.execPath, ROOT, ...parameters];
  await import(`${MAIN}?life=${life}`);
  await eventually(async () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window?.isVisible()) throw new Error(`no window: ${machine.dialogs.at(-1)?.detail ?? ''}`);
    await window.webContents.page.getByRole('main').getByRole('heading').first().waitFor();
  });
  return machine;
}
