import { type BrowserWindow, nativeTheme } from 'electron';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { Settings } from '../../src-shared/contract/api/settings.ts';
import type { Application } from '../api/application.ts';
import { CHANNELS } from './channels.ts';
import { chooseFolder, openStudyFile, saveFile } from './file-dialogs.ts';
import { handleFromPage, listenToPage } from './handle-from-page.ts';
import { notifyStudyEnded } from './notify-study-ended.ts';
import { createPageLink, type PageLink } from './page-link.ts';
import { showProgress } from './show-progress.ts';

/**
 * Lets the window's page ask the application, tells it the application's events, and does what the window has beyond a
 * browser: dialogs, notifications, progress, the theme of its frame. To be called once, before the page asks.
 */
export function connectPage(window: BrowserWindow, application: Application): PageLink {
  const link = createPageLink(window.webContents);
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) link.disconnect();
  });
  window.webContents.on('render-process-gone', () => link.disconnect());

  listenToPage(CHANNELS.connect, () => link.connect(application.hello()));
  listenToPage(CHANNELS.ready, () => link.follow());
  handleFromPage(CHANNELS.request, async (name, parameters) => {
    const answer = await application.answer(String(name), parameters);
    if (name === 'settings.set') followTheme(answer);
    return answer;
  });
  handleFromPage(CHANNELS.saveFile, (file) => saveFile(window, file));
  handleFromPage(CHANNELS.openTextFile, () => openStudyFile(window));
  handleFromPage(CHANNELS.chooseFolder, () => chooseFolder(window));

  const progress = showProgress(window);
  const unsubscribe = application.subscribe((numbered) => {
    link.tell(numbered);
    const { event } = numbered;
    if (event.type === 'study') progress(event.study);
    if (event.type === 'study ended') {
      notifyStudyEnded(event, window, (address) => link.command({ type: 'show', address }));
    }
  });
  window.on('closed', unsubscribe);
  return link;
}

/** Makes frame, menus and dialogs follow the theme that the settings name. */
export function followTheme(answer: Answer<unknown>): void {
  if (answer.ok) nativeTheme.themeSource = (answer.result as Settings).theme;
}
