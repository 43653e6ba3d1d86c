import { spawn } from 'node:child_process';
import { kindlingHome } from '../src-main/home.ts';
import { selectedEngine } from '../src-main/engine/installations/installation.ts';
import { ensurePage } from './build-page.ts';
import { downloadElectron, findElectron, whyNoWindow } from './electron-binary.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Opens the application: in its window where that is possible, else in the browser, with a line that says why.
 * The engine is not waited for: it is installed from the page, where that shows its progress.
 * @param parameters a study file to open; options of `kindling serve` for where there is no window
 * @param serve runs the command line with these parameters
 */
export async function start(
  root: string,
  parameters: readonly string[],
  serve: (parameters: readonly string[]) => Promise<void>,
): Promise<void> {
  await ensurePage(root);
  sayWhetherEngineIsMissing();
  const impossible = whyNoWindow(process.platform, process.env, process.getuid?.());
  const reason = impossible ?? (await openWindow(root, parameters));
  if (reason === null) return;
  console.error(`No window, because ${reason}: the same page is served to your browser.`);
  const options = parameters.filter((each) => !/\.ya?ml$/i.test(each));
  // Without a display there is no browser either, except at the other end of an SSH connection.
  await serve(['serve', ...(impossible === null ? ['--open'] : []), ...options]);
}

/** Does not return before the window is closed. @returns null, or why none was opened */
async function openWindow(root: string, parameters: readonly string[]): Promise<string | null> {
  if (findElectron(root) === null) {
    const reason = downloadElectron(root);
    if (reason !== null) return `Electron could not be downloaded (${reason})`;
  }
  const electron = findElectron(root);
  if (electron === null) return 'the download of Electron has no executable';
  const child = spawn(electron, [root, ...parameters], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // VS Code's terminal sets ELECTRON_RUN_AS_NODE, with which there would be no window.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined, KINDLING_NODE: process.execPath },
  });
  let isOpen = false;
  child.on('message', () => {
    isOpen = true;
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      for (const each of SIGNALS) process.removeAllListeners(each);
      if (isOpen || status === 0) {
        process.exitCode = status ?? 1;
        resolve(null);
      } else resolve(`Electron ended with ${signal ?? `status ${status}`} (see above)`);
    });
  });
}

function sayWhetherEngineIsMissing(): void {
  try {
    selectedEngine(kindlingHome());
  } catch {
    console.error(
      'No engine is installed yet: studies can be put together, and trained after one is installed under Settings.',
    );
  }
}
