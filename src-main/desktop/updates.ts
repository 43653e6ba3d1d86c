import { dialog } from 'electron';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Milliseconds between two looks: a window may be open for weeks. */
const PERIOD = 24 * 3600 * 1000;

/**
 * Looks for a newer version where whoever made the package named a place for them (docs/desktop.md); else does nothing. Nothing is
 * downloaded before the user has said so, and it is installed when the window closes.
 */
export async function lookForUpdates(): Promise<void> {
  if (!existsSync(path.join(process.resourcesPath, 'app-update.yml'))) return;
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  /** Every look finds them again, also while a question is open and after an answer. */
  const told = new Set<string>();
  autoUpdater.on('update-available', ({ version }) => {
    if (told.has(version)) return;
    told.add(version);
    askToDownload(version)
      .then((isWanted) => (isWanted ? autoUpdater.downloadUpdate() : null))
      // what failed is offered again; the updater has told why
      .catch(() => told.delete(version));
  });
  autoUpdater.on('update-downloaded', ({ version }) => {
    void dialog.showMessageBox({
      type: 'info',
      message: `Kindling ${version} is ready.`,
      detail: 'It is installed when Kindling is closed. Studies that are running are not interrupted.',
    });
  });
  // Without a network there is none, which is no reason for a dialog.
  autoUpdater.on('error', complain);
  const look = (): void => void autoUpdater.checkForUpdates().catch(complain);
  look();
  setInterval(look, PERIOD).unref();
}

async function askToDownload(version: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Kindling ${version} is available.`,
    buttons: ['Download', 'Not Now'],
    cancelId: 1,
  });
  return response === 0;
}

function complain(error: unknown): void {
  console.error(
    `kindling: looking for a newer version: ${error instanceof Error ? error.message : String(error)}`,
  );
}
