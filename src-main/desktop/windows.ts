import type { BrowserWindow, WebContents } from 'electron';
import type { NumberedEvent } from '../../src-shared/contract/api/events.ts';
import type { PageCommand } from '../../src-shared/contract/page-bridge.ts';
import { openWindow } from './open-window.ts';
import { createPageLink, type PageLink } from './page-link.ts';

/** The windows of the application, all onto the same studies. */
export interface Windows {
  /** Opens one; beside the one in front where there is one. */
  open(): BrowserWindow;
  /** The one that was used last; null where none is open. */
  front(): BrowserWindow | null;
  all(): readonly BrowserWindow[];
  /** The one that shows this page, and the way to it; null where it is none of ours. */
  of(contents: WebContents): { readonly window: BrowserWindow; readonly link: PageLink } | null;
  /** Shows all windows, and the one that was used last before all others of the desktop. */
  bringForward(): void;
  /** Tells the page of the window that was used last. */
  readonly command: (command: PageCommand) => void;
  tell(event: NumberedEvent): void;
}

/**
 * @param stateFile where the place of the window is kept
 * @param onFocus is called when the user turns to one of them
 */
export function createWindows(stateFile: string, onFocus: () => void): Windows {
  const links = new Map<BrowserWindow, PageLink>();
  let last: BrowserWindow | null = null;
  const front = (): BrowserWindow | null =>
    last && links.has(last) ? last : ([...links.keys()].at(-1) ?? null);

  const open = (): BrowserWindow => {
    const window = openWindow(stateFile, front()?.getNormalBounds() ?? null);
    const link = createPageLink(window.webContents);
    links.set(window, link);
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) link.disconnect();
    });
    window.webContents.on('render-process-gone', () => link.disconnect());
    window.on('focus', () => {
      last = window;
      onFocus();
    });
    window.on('closed', () => links.delete(window));
    return window;
  };
  return {
    open,
    front,
    all: () => [...links.keys()],
    of(contents) {
      for (const [window, link] of links) if (window.webContents === contents) return { window, link };
      return null;
    },
    bringForward() {
      for (const each of links.keys()) if (!each.isVisible()) each.show();
      const window = front();
      if (window?.isMinimized()) window.restore();
      window?.show();
      window?.focus();
    },
    command(command) {
      const window = front();
      if (window) links.get(window)?.command(command);
    },
    tell(event) {
      for (const link of links.values()) link.tell(event);
    },
  };
}
