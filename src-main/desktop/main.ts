/** Electron's main process: a window onto the application, and nothing that the application could do itself. */
import { app, dialog } from 'electron';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { noteCrash } from '../files/crash-log.ts';
import { keepPrivate } from '../files/umask.ts';
import { kindlingHome } from '../home.ts';
import { followTheme } from './connect-pages.ts';
import { noteCrashes } from './crash-notes.ts';
import { guardContents } from './guard-contents.ts';
import { openShell, type Wanted } from './open-shell.ts';
import { addressOfLink, findLink, LINK_SCHEME } from './page-link-address.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { startApplication } from './start-application.ts';
import { findStudyFile } from './study-file.ts';
import { lookForUpdates } from './updates.ts';

/** The built page; within the archive in a packaged application. */
const PAGE = path.join(import.meta.dirname, '..', '..', 'dist', 'renderer');

const home = kindlingHome();
keepPrivate(home);
/** Beside the store, so that another home is another instance. Electron's own choice would be the store's on macOS. */
const windowFolder = path.join(home, 'window');

app.setName('Kindling');
// Windows names it with notifications; it is the `appId` of electron-builder.yml.
app.setAppUserModelId('org.kindling.lab');
registerPageScheme();

/** What is to be shown; macOS tells of it before the application is ready. */
let wanted = wantedBy(process.argv.slice(1), process.cwd());
let show = (next: Wanted): void => {
  wanted = next;
};
app.on('open-file', (event, file) => {
  event.preventDefault();
  show({ file, address: null });
});
app.on('open-url', (event, link) => {
  event.preventDefault();
  show({ file: null, address: addressOfLink(link) });
});

try {
  mkdirSync(windowFolder, { recursive: true });
  app.setPath('userData', windowFolder);
  noteCrashes(home, windowFolder);
  if (app.requestSingleInstanceLock()) app.whenReady().then(start).catch(giveUp);
  else app.quit();
} catch (error) {
  giveUp(error);
}

async function start(): Promise<void> {
  guardContents();
  servePage(PAGE);
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  const application = await startApplication(home);
  if (application === null) return app.quit();
  followTheme(await application.answer('settings.get', {}));
  const shown = await openShell(application, home, windowFolder);
  shown.open(wanted);
  show = shown.bring;
  app.on('second-instance', (_event, parameters, workingFolder) =>
    show(wantedBy(parameters.slice(1), workingFolder)),
  );
  void lookForUpdates();
  // `npm start` opens the page in a browser if no window comes.
  process.send?.('window open');
}

function wantedBy(parameters: readonly string[], workingFolder: string): Wanted {
  return { file: findStudyFile(parameters, workingFolder), address: findLink(parameters) };
}

/** An error that is none of the store's. */
function giveUp(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`kindling: ${text}`);
  noteCrash(home, 'window', error);
  dialog.showErrorBox('Kindling cannot start.', text);
  app.exit(1);
}
