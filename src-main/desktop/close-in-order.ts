import { app, type BrowserWindow, dialog } from 'electron';
import type { Application } from '../api/application.ts';
import type { Work } from './follow-work.ts';
import type { Windows } from './windows.ts';
import { whatComputes, whatStopping } from './work-state.ts';

export interface Closing {
  /** To be called for each window that was opened. */
  guard(window: BrowserWindow): void;
}

/**
 * Before the last window goes the application ends in order: what trains stops after its step, the store is closed. Where
 * something computes the user is asked first, and may have it continue without a window; Ctrl-C in the terminal does not ask.
 */
export function closeInOrder(
  windows: Windows,
  application: Application,
  work: () => Work,
  continueInBackground: () => void,
): Closing {
  let isAsking = false;
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    for (const window of windows.all()) window.hide();
    try {
      await application.close();
    } finally {
      for (const window of windows.all()) window.destroy();
      app.quit();
    }
  };
  const leave = async (): Promise<void> => {
    if (isAsking || isEnding) return;
    const names = whatComputes(work());
    if (names.length === 0) return end();
    isAsking = true;
    const answer = await ask(windows, names, whatStopping(work()));
    isAsking = false;
    if (answer === 'stop') await end();
    if (answer === 'continue') continueInBackground();
  };
  app.on('before-quit', (event) => {
    if (isEnding) return;
    event.preventDefault();
    void leave();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  return {
    guard(window) {
      window.on('close', (event) => {
        if (isEnding || windows.all().length > 1) return;
        event.preventDefault();
        void leave();
      });
    },
  };
}

const ANSWERS = ['continue', 'stop', 'cancel'] as const;

async function ask(
  windows: Windows,
  names: readonly string[],
  stopping: string,
): Promise<(typeof ANSWERS)[number]> {
  const [they, continues] = names.length === 1 ? ['it', 'continues'] : ['they', 'continue'];
  const options = {
    type: 'question',
    message: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} still running.`,
    detail:
      `In the background ${they} ${continues} without a window; the icon in the tray, or starting Kindling again, brings the window back. ` +
      stopping,
    buttons: ['Continue in Background', 'Stop and Quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  } as const;
  const window = windows.front();
  const { response } = await (window
    ? dialog.showMessageBox(window, { ...options, buttons: [...options.buttons] })
    : dialog.showMessageBox({ ...options, buttons: [...options.buttons] }));
  return ANSWERS[response] ?? 'cancel';
}
