import { type BrowserWindow, dialog } from 'electron';

/** Milliseconds: a page that dies again sooner would do so for ever. */
const TOO_SOON = 30_000;

/**
 * Loads the page again when its process has died, and asks first where that has just been done. Nothing is lost with it:
 * studies run in this process and its trainers.
 */
export function recoverPage(window: BrowserWindow): void {
  let recovered = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`kindling: the page's process ended (${reason})`);
    const isFirst = performance.now() - recovered > TOO_SOON;
    recovered = performance.now();
    void (isFirst ? sayReloaded(window) : askToReload(window));
  });
  window.on('unresponsive', () => void askWhetherToWait(window));
}

async function sayReloaded(window: BrowserWindow): Promise<void> {
  window.webContents.reload();
  await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The page had to be loaded again.',
    detail: 'Its process ended unexpectedly. Studies continue, and nothing that was saved is lost.',
  });
}

async function askToReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The page keeps ending unexpectedly.',
    detail: 'Studies continue. Load the page again, or close the window and start Kindling again.',
    buttons: ['Load Again', 'Close Window'],
    cancelId: 1,
  });
  if (response === 0) window.webContents.reload();
  else window.close();
}

async function askWhetherToWait(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The page does not respond.',
    buttons: ['Wait', 'Load Again'],
    cancelId: 0,
  });
  if (response === 1) window.webContents.forcefullyCrashRenderer();
}
