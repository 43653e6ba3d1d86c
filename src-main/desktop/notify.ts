import { Notification } from 'electron';
import type { StudyNews } from '../../src-shared/contract/study-news.ts';
import type { Windows } from './windows.ts';

/** Tells news of a study to a user who looks elsewhere; a click brings a window with that study. */
export function notify(
  { study, title, body }: StudyNews,
  windows: Windows,
  show: (address: string) => void,
): void {
  const isLookedAt = windows.all().some((window) => window.isFocused());
  if (isLookedAt || !Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', () => show(`/studies/${encodeURIComponent(study)}`));
  notification.show();
  const window = windows.front();
  window?.flashFrame(true);
  window?.once('focus', () => window.flashFrame(false));
}
