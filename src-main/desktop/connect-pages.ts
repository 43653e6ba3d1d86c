import { type BrowserWindow, nativeTheme } from 'electron';
import type { Answer } from '../../src-shared/contract/api/index.ts';
import type { Settings } from '../../src-shared/contract/api/settings.ts';
import { type PageOffer, pageOfferSchema } from '../../src-shared/contract/page-bridge.ts';
import { studyNews } from '../../src-shared/contract/study-news.ts';
import type { Application } from '../api/application.ts';
import { CHANNELS } from './channels.ts';
import type { FileDialogs } from './file-dialogs.ts';
import { handleFromPage, listenToPage } from './handle-from-page.ts';
import { notify } from './notify.ts';
import type { Windows } from './windows.ts';

export interface PageActions {
  /** Brings a window forward with this address of the page. */
  readonly show: (address: string) => void;
  /** Is told what the page of a window can do now. */
  readonly onOffer: (window: BrowserWindow, offer: PageOffer) => void;
}

/**
 * Lets the pages of all windows ask the application, tells them the application's events, and does what a window has beyond a
 * browser: dialogs, notifications, the theme of its frame. To be called once, before a window is opened.
 */
export function connectPages(
  windows: Windows,
  application: Application,
  dialogs: FileDialogs,
  { show, onOffer }: PageActions,
): void {
  listenToPage(CHANNELS.connect, (sender) => windows.of(sender)?.link.connect(application.hello()));
  listenToPage(CHANNELS.ready, (sender) => windows.of(sender)?.link.follow());
  listenToPage(CHANNELS.offer, (sender, offer) => {
    const found = windows.of(sender);
    if (found) onOffer(found.window, pageOfferSchema.parse(offer));
  });
  handleFromPage(CHANNELS.request, async (_sender, name, parameters) => {
    const answer = await application.answer(String(name), parameters);
    if (name === 'settings.set') followTheme(answer);
    return answer;
  });
  handleFromPage(CHANNELS.saveFile, (sender, file) => {
    const found = windows.of(sender);
    return found ? dialogs.saveFile(found.window, file) : { saved: false };
  });
  handleFromPage(CHANNELS.openTextFile, (sender) => {
    const found = windows.of(sender);
    return found && dialogs.openStudyFile(found.window);
  });

  const findNews = studyNews();
  application.subscribe((numbered) => {
    windows.tell(numbered);
    const news = findNews(numbered.event);
    if (news) notify(news, windows, show);
  });
}

/** Makes frame, menus and dialogs follow the theme that the settings name. */
export function followTheme(answer: Answer<unknown>): void {
  if (answer.ok) nativeTheme.themeSource = (answer.result as Settings).theme;
}
