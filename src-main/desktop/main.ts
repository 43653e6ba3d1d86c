/** Electron's main process: a window onto the application, and nothing that the application could do itself. */
import { app, type BrowserWindow, dialog, Menu, shell } from 'electron';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { keepPrivate } from '../files/umask.ts';
import { kindlingHome } from '../home.ts';
import { closeInOrder } from './close-in-order.ts';
import { connectPage, followTheme } from './connect-page.ts';
import { openStudyFile, readOrTell } from './file-dialogs.ts';
import { guardContents } from './guard-contents.ts';
import { menuTemplate } from './menu-template.ts';
import { bringForward } from './notify-study-ended.ts';
import { openWindow } from './open-window.ts';
import type { PageLink } from './page-link.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { startApplication } from './start-application.ts';
import { findStudyFile } from './study-file.ts';

/** The built page; within the archive in a packaged application. */
const PAGE = path.join(import.meta.dirname, '..', '..', 'dist', 'renderer');

/** Beside the archive of a packaged application (electron-builder.yml). */
const LICENCES = path.join(process.resourcesPath, 'THIRD-PARTY-LICENCES.md');

const home = kindlingHome();
keepPrivate(home);
/** Beside the store, so that another home is another instance. Electron's own choice would be the store's on macOS. */
const windowFolder = path.join(home, 'window');

app.setName('Kindling');
// Windows names it with notifications; it is the `appId` of electron-builder.yml.
app.setAppUserModelId('org.kindling.lab');
registerPageScheme();

/** macOS tells of a file before the application is ready. */
let fileToOpen = findStudyFile(process.argv.slice(1), process.cwd());
app.on('open-file', (event, file) => {
  event.preventDefault();
  fileToOpen = file;
});

try {
  mkdirSync(windowFolder, { recursive: true });
  app.setPath('userData', windowFolder);
  if (app.requestSingleInstanceLock()) app.whenReady().then(start).catch(giveUp);
  else app.quit();
} catch (error) {
  giveUp(error);
}

async function start(): Promise<void> {
  guardContents();
  servePage(PAGE);
  const application = await startApplication(home);
  if (application === null) return app.quit();
  followTheme(await application.answer('settings.get', {}));
  const window = openWindow(path.join(windowFolder, 'window-state.json'));
  const link = connectPage(window, application);
  setMenu(window, link);
  openFiles(window, link);
  closeInOrder(window, application);
  // `npm start` opens the page in a browser if no window comes.
  process.send?.('window open');
}

function setMenu(window: BrowserWindow, link: PageLink): void {
  const template = menuTemplate(process.platform, {
    toPage: (command) => link.command(command),
    openStudyFile: () => void showStudyFile(link, openStudyFile(window)),
    showDataFolder: () => void shell.openPath(home),
    showLicences: app.isPackaged ? () => void shell.openPath(LICENCES) : null,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The study file of the command line, of a second start, and of the desktop's file manager. */
function openFiles(window: BrowserWindow, link: PageLink): void {
  const open = (file: string | null): void => {
    if (file !== null) void showStudyFile(link, readOrTell(window, file));
  };
  open(fileToOpen);
  app.on('open-file', (_event, file) => open(file));
  app.on('second-instance', (_event, parameters, workingFolder) => {
    bringForward(window);
    open(findStudyFile(parameters.slice(1), workingFolder));
  });
}

async function showStudyFile(link: PageLink, reading: ReturnType<typeof openStudyFile>): Promise<void> {
  const file = await reading;
  if (file !== null) link.command({ type: 'open study file', file });
}

/** An error that is none of the store's. */
function giveUp(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`kindling: ${text}`);
  dialog.showErrorBox('Kindling cannot start.', text);
  app.exit(1);
}
