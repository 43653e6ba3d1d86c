import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { isPageAddress } from './page-address.ts';

/** Answers what our page sends on the channel; whoever else sends is refused. */
export function handleFromPage(
  channel: string,
  handler: (...parameters: readonly unknown[]) => unknown,
): void {
  ipcMain.handle(channel, (event, ...parameters: unknown[]) => {
    if (!isFromPage(event))
      throw new Error(`refused: ${channel} from ${event.senderFrame?.url ?? 'nowhere'}`);
    return handler(...parameters);
  });
}

/** Listens to what our page sends on the channel; whoever else sends is not heard. */
export function listenToPage(channel: string, listener: () => void): void {
  ipcMain.on(channel, (event) => {
    if (isFromPage(event)) listener();
  });
}

/** Only the page itself: no frame within it, and none that has navigated away since it sent. */
function isFromPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url);
}
