import { dialog, shell } from 'electron';
import type { Application } from '../api/application.ts';
import { loadApplication } from './load-application.ts';
import { explainStart } from './start-problem.ts';

/**
 * Starts the application; where its store is busy, damaged or of a newer version, a dialog says so and offers to try
 * again. @returns null where the user gave up
 * @throws what is a bug
 */
export async function startApplication(home: string): Promise<Application | null> {
  for (;;) {
    try {
      return await loadApplication(home);
    } catch (error) {
      const explanation = explainStart(error);
      if (explanation === null) throw error;
      const { response } = await dialog.showMessageBox({
        type: 'error',
        ...explanation,
        buttons: ['Try Again', 'Show Data Folder', 'Quit'],
        cancelId: 2,
      });
      if (response === 1) await shell.openPath(home);
      if (response === 2) return null;
    }
  }
}
