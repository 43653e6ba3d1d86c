import { type BrowserWindow, Notification } from 'electron';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import { studyEnding } from '../../src-shared/contract/study-ending.ts';

/** Tells that a study has ended to a user who looks elsewhere and did not stop it; a click brings the window with that study. */
export function notifyStudyEnded(
  { study, message, outcome }: Extract<ApplicationEvent, { type: 'study ended' }>,
  window: BrowserWindow,
  show: (address: string) => void,
): void {
  const ending = studyEnding(outcome);
  if (ending === 'was stopped' || window.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title: `${study} ${ending}`, body: message });
  notification.on('click', () => {
    bringForward(window);
    show(`/studies/${encodeURIComponent(study)}`);
  });
  notification.show();
  window.flashFrame(true);
  window.once('focus', () => window.flashFrame(false));
}

/** Shows the window in front of all others, wherever it was. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
