import { ipcMain } from 'electron';
import { isFromPage } from './is-from-page.ts';

/** Answers what our page sends on the channel; whoever else sends is refused. */
export function handleFromPage(
  channel: string,
  handler: (...parameters: readonly unknown[]) => unknown,
): void {
  ipcMain.handle(channel, ({ senderFrame }, ...parameters: unknown[]) => {
    if (!isFromPage(senderFrame)) {
      throw new Error(`refused: ${channel} from ${senderFrame?.url ?? 'nowhere'}`);
    }
    return handler(...parameters);
  });
}

/** Listens to what our page sends on the channel; whoever else sends is not heard. */
export function listenToPage(channel: string, listener: () => void): void {
  ipcMain.on(channel, ({ senderFrame }) => {
    if (isFromPage(senderFrame)) listener();
  });
}
