import { app, type BrowserWindow, shell } from 'electron';
import path from 'node:path';
import type { Application } from '../api/application.ts';
import { applicationMenu } from './application-menu.ts';
import { createBackground } from './background.ts';
import { closeInOrder } from './close-in-order.ts';
import { connectPages } from './connect-pages.ts';
import { fileDialogs } from './file-dialogs.ts';
import { followWork, type Work } from './follow-work.ts';
import { keepAwake } from './keep-awake.ts';
import { recentFiles } from './recent-files.ts';
import { createWindows } from './windows.ts';
import { isComputing, pausableStudies, pausedStudies, progressOf } from './work-state.ts';

/** Beside the archive of a packaged application (electron-builder.yml). */
const LICENCES = path.join(process.resourcesPath, 'THIRD-PARTY-LICENCES.md');

/** What is to be shown: a study file, or an address of the page. */
export interface Wanted {
  readonly file: string | null;
  readonly address: string | null;
}

export interface Shell {
  /** Shows it in the window that was used last. */
  readonly open: (wanted: Wanted) => void;
  /** The same, with the window before all others. */
  readonly bring: (wanted: Wanted) => void;
}

/** Opens the first window, with what surrounds it: menu, tray, dock, dialogs, and the end of the application. */
export async function openShell(
  application: Application,
  home: string,
  windowFolder: string,
): Promise<Shell> {
  let work: Work = { studies: [], tasks: [] };
  /** Windows whose page can save what it shows. */
  const savers = new WeakSet<BrowserWindow>();
  const windows = createWindows(path.join(windowFolder, 'window-state.json'), () => drawSave());
  const recent = recentFiles(path.join(windowFolder, 'recent-files.json'));
  const dialogs = fileDialogs((file) => {
    recent.add(file);
    app.addRecentDocument(file);
    drawMenu({ recent: recent.list() });
  });

  const bringForward = (): void => {
    background.leave();
    windows.bringForward();
  };
  const readAndShow = async (read: typeof dialogs.openStudyFile): Promise<void> => {
    const window = windows.front();
    const file = window && (await read(window));
    if (file) windows.command({ type: 'open study file', file });
  };
  const open = ({ file, address }: Wanted): void => {
    if (file !== null) void readAndShow((window) => dialogs.readOrTell(window, file));
    else if (address !== null) windows.command({ type: 'show', address });
  };
  const bring = (wanted: Wanted): void => {
    bringForward();
    open(wanted);
  };
  const forEach = (studies: readonly string[], request: 'studies.pause' | 'studies.resume'): void => {
    for (const study of studies) void application.answer(request, { study });
  };
  const training = {
    pause: () => forEach(pausableStudies(work), 'studies.pause'),
    resume: () => forEach(pausedStudies(work), 'studies.resume'),
  };
  const background = createBackground(windows, { ...training, show: bringForward, quit: () => app.quit() });
  const closing = closeInOrder(windows, application, () => work, background.enter);
  const openWindow = (): void => closing.guard(windows.open());

  const drawMenu = applicationMenu({
    ...training,
    toPage: windows.command,
    openWindow,
    openStudyFile: () => void readAndShow(dialogs.openStudyFile),
    openRecent: (file) => open({ file, address: null }),
    clearRecent: () => {
      recent.clear();
      app.clearRecentDocuments();
      drawMenu({ recent: [] });
    },
    showDataFolder: () => void shell.openPath(home),
    showLicences: app.isPackaged ? () => void shell.openPath(LICENCES) : null,
  });
  const drawSave = (): void => {
    const window = windows.front();
    drawMenu({ canSave: window !== null && savers.has(window) });
  };
  app.on('activate', bringForward);
  connectPages(windows, application, dialogs, {
    show: (address) => bring({ file: null, address }),
    onOffer: (window, { save }) => {
      if (save) savers.add(window);
      else savers.delete(window);
      drawSave();
    },
  });
  drawMenu({ recent: recent.list() });
  openWindow();

  const stayAwake = keepAwake();
  await followWork(application, (now) => {
    work = now;
    stayAwake(isComputing(work));
    background.follow(work);
    drawMenu({ canPause: pausableStudies(work).length > 0, canResume: pausedStudies(work).length > 0 });
    const { share, mode } = progressOf(work) ?? { share: -1, mode: 'none' };
    for (const window of windows.all()) window.setProgressBar(share, { mode });
  });
  return { open, bring };
}
