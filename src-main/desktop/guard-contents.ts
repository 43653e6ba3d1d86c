import { app, clipboard, Menu, session, shell } from 'electron';
import { contextMenuTemplate } from './context-menu.ts';
import { isOutsideAddress, isPageAddress } from './page-address.ts';

/** What our page asks for itself: the clipboard to copy a table or a link, and nothing else. */
const PERMITTED = new Set(['clipboard-sanitized-write']);

/** The browser or mail program of the user. */
function openOutside(address: string): void {
  if (isOutsideAddress(address)) void shell.openExternal(address).catch(() => undefined);
}

/**
 * Shuts what a page could open: navigation to anywhere else, new windows (links to the web and to mail open outside), webviews, permissions, downloads. For every
 * contents that this process will ever have. To be called when the application is ready.
 */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!isPageAddress(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
    contents.on('context-menu', (_event, place) => {
      const copyText = (text: string): void => void clipboard.writeText(text);
      const template = contextMenuTemplate(place, { copyText, openOutside });
      if (template.length > 0) Menu.buildFromTemplate(template).popup();
    });
  });
  const ours = session.defaultSession;
  ours.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(PERMITTED.has(permission) && isPageAddress(requestingUrl));
  });
  ours.setPermissionCheckHandler(
    (_contents, permission, origin) => PERMITTED.has(permission) && isPageAddress(origin),
  );
  ours.setDevicePermissionHandler(() => false);
  // Files leave by the save dialog.
  ours.on('will-download', (event) => event.preventDefault());
}
