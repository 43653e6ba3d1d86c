import { app, type BrowserWindow, dialog } from 'electron';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import type { Application } from '../api/application.ts';

/**
 * Before the window goes the application ends in order: what trains stops after its step, the store is closed. Where a
 * study runs the user is asked first; Ctrl-C in the terminal does not ask.
 */
export function closeInOrder(window: BrowserWindow, application: Application): void {
  let isAsking = false;
  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    window.hide();
    try {
      await application.close();
    } finally {
      window.destroy();
      app.quit();
    }
  };
  const ask = async (): Promise<void> => {
    isAsking = true;
    const mayEnd = await mayStop(window, application);
    isAsking = false;
    if (mayEnd) await end();
  };
  window.on('close', (event) => {
    event.preventDefault();
    if (!isAsking && !isEnding) void ask();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
}

async function mayStop(window: BrowserWindow, application: Application): Promise<boolean> {
  const answer = await application.answer('studies.list', {});
  const running = answer.ok
    ? (answer.result as readonly StudyListing[]).filter(({ activity }) => activity === 'running')
    : [];
  if (running.length === 0) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${running.map(({ name }) => name).join(', ')} is still running.`,
    detail: 'Runs in progress stop now; when the study is started again, only what is missing runs.',
    buttons: ['Stop and Quit', 'Go On'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
