import { BrowserWindow, nativeTheme, screen } from 'electron';
import path from 'node:path';
import { keepWindowState } from './keep-window-state.ts';
import { PAGE_ADDRESS } from './page-address.ts';
import { recoverPage } from './recover-page.ts';
import { fitToScreens, readWindowState, type Rectangle, SMALLEST } from './window-state.ts';

/** The page's background (src-renderer/theme/tokens.css, --surface-0), so that the window does not flash white. */
const BACKGROUND = { light: '#f6f4f1', dark: '#131211' } as const;

/** Pixels between the corners of a window and of the one that it was opened beside. */
const BESIDE = 32;

/**
 * Opens a window where one was last, or beside another one; it shows itself when its page is drawn.
 * @param stateFile where its place is kept
 */
export function openWindow(stateFile: string, other: Rectangle | null): BrowserWindow {
  const state = other === null ? readWindowState(stateFile) : { bounds: beside(other), maximized: false };
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

function beside({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x + BESIDE, y: y + BESIDE, width, height };
}
