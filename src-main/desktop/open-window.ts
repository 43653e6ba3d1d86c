import { BrowserWindow, nativeTheme, screen } from 'electron';
import path from 'node:path';
import { keepWindowState } from './keep-window-state.ts';
import { PAGE_ADDRESS } from './page-address.ts';
import { recoverPage } from './recover-page.ts';
import { fitToScreens, readWindowState, SMALLEST } from './window-state.ts';

/** The page's background (src-renderer/theme/tokens.css, --surface-0), so that the window does not flash white. */
const BACKGROUND = { light: '#f6f4f1', dark: '#131211' } as const;

/**
 * Opens the window where it was last; it shows itself when its page is drawn.
 * @param stateFile where its place is kept
 */
export function openWindow(stateFile: string): BrowserWindow {
  const state = readWindowState(stateFile);
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  const bounds = fitToScreens(state?.bounds ?? null, [
    main.workArea,
    ...others.map(({ workArea }) => workArea),
  ]);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Kindling',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.maximized === true) window.maximize();
  keepWindowState(window, stateFile);
  recoverPage(window);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(PAGE_ADDRESS);
  return window;
}
