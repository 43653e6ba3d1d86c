import { Notification } from 'electron';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import { studyEnding } from '../../src-shared/contract/study-ending.ts';
import type { Windows } from './windows.ts';

/** Tells that a study has ended to a user who looks elsewhere and did not stop it; a click brings a window with that study. */
export function notifyStudyEnded(
  { study, message, outcome }: Extract<ApplicationEvent, { type: 'study ended' }>,
  windows: Windows,
  show: (address: string) => void,
): void {
  const ending = studyEnding(outcome);
  const isLookedAt = windows.all().some((window) => window.isFocused());
  if (ending === 'was stopped' || isLookedAt || !Notification.isSupported()) return;
  const notification = new Notification({ title: `${study} ${ending}`, body: message });
  notification.on('click', () => show(`/studies/${encodeURIComponent(study)}`));
  notification.show();
  const window = windows.front();
  window?.flashFrame(true);
  window?.once('focus', () => window.flashFrame(false));
}
