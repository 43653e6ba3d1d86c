import { app, crashReporter } from 'electron';
import path from 'node:path';
import { noteCrash } from '../files/crash-log.ts';

/**
 * Writes what crashes into the home, where `kindling doctor` finds it, and sends it nowhere: errors that nobody expected, ends of
 * pages and of Electron's other processes, and memory dumps of this process beside them.
 */
export function noteCrashes(home: string, windowFolder: string): void {
  app.setPath('crashDumps', path.join(windowFolder, 'crashes'));
  crashReporter.start({ uploadToServer: false });
  process.on('uncaughtExceptionMonitor', (error) => noteCrash(home, 'window', error));
  process.on('unhandledRejection', (error) => {
    console.error(error);
    noteCrash(home, 'window', error);
  });
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') noteCrash(home, 'page', `${reason}, exit code ${exitCode}`);
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') noteCrash(home, type, `${reason}, exit code ${exitCode}`);
  });
}
