import { ipcMain, type WebContents } from 'electron';
import { isFromPage } from './is-from-page.ts';

/** Answers what our page sends on the channel; whoever else sends is refused. */
export function handleFromPage(
  channel: string,
  handler: (sender: WebContents, ...parameters: readonly unknown[]) => unknown,
): void {
  ipcMain.handle(channel, ({ sender, senderFrame }, ...parameters: unknown[]) => {
    if (!isFromPage(senderFrame)) {
      throw new Error(`refused: ${channel} from ${senderFrame?.url ?? 'nowhere'}`);
    }
    return handler(sender, ...parameters);
  });
}

/** Listens to what our page sends on the channel; whoever else sends is not heard. */
export function listenToPage(
  channel: string,
  listener: (sender: WebContents, ...parameters: readonly unknown[]) => void,
): void {
  ipcMain.on(channel, ({ sender, senderFrame }, ...parameters: unknown[]) => {
    if (isFromPage(senderFrame)) listener(sender, ...parameters);
  });
}
