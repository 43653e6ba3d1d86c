import { type BrowserWindow, dialog } from 'electron';
import path from 'node:path';
import { z } from 'zod';
import { withUsersUmask } from '../files/umask.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { TextFile } from '../../src-shared/contract/page-bridge.ts';
import { readStudyFile } from '../studies/read-study-file.ts';
import { isStudyFileName, STUDY_FILE_ENDINGS } from '../../src-shared/studies/study-file-name.ts';

const exportedFileSchema = z.strictObject({
  fileName: z.string().min(1),
  mediaType: z.string(),
  bytes: z.instanceof(Uint8Array),
});

/** The dialogs of a window. A path that the user chose in one of them is all that a page ever learns of paths. */
export interface FileDialogs {
  /**
   * Asks where, and writes the file there; says so in a dialog where it cannot be written.
   * @param file an ExportedFile, not yet checked
   */
  saveFile(window: BrowserWindow, file: unknown): Promise<{ readonly saved: boolean }>;
  /** Asks which study file, and reads it; null where the user changed their mind or it cannot be read (a dialog says so). */
  readonly openStudyFile: (window: BrowserWindow) => Promise<TextFile | null>;
  /** The study file at this path, or null after a dialog has said why not. */
  readonly readOrTell: (window: BrowserWindow, file: string) => Promise<TextFile | null>;
}

/** @param onStudyFile is told the path of a study file that was opened or saved */
export function fileDialogs(onStudyFile: (file: string) => void): FileDialogs {
  async function saveFile(window: BrowserWindow, file: unknown): Promise<{ readonly saved: boolean }> {
    const { fileName, bytes } = exportedFileSchema.parse(file);
    // The page proposes a name, never a folder.
    const name = path.basename(fileName);
    const ending = path.extname(name).slice(1);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      defaultPath: name,
      filters: ending === '' ? [] : [{ name: ending.toUpperCase(), extensions: [ending] }],
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    if (canceled) return { saved: false };
    try {
      withUsersUmask(() => writeWhole(filePath, bytes));
    } catch (error) {
      await tell(window, `${name} could not be saved.`, (error as Error).message);
      return { saved: false };
    }
    if (isStudyFileName(filePath)) onStudyFile(filePath);
    return { saved: true };
  }

  async function readOrTell(window: BrowserWindow, file: string): Promise<TextFile | null> {
    try {
      const read = readStudyFile(file);
      onStudyFile(file);
      return read;
    } catch (error) {
      await tell(window, 'The study file could not be opened.', (error as Error).message);
      return null;
    }
  }

  async function openStudyFile(window: BrowserWindow): Promise<TextFile | null> {
    const { filePaths } = await dialog.showOpenDialog(window, {
      filters: [{ name: 'Study', extensions: [...STUDY_FILE_ENDINGS] }],
      properties: ['openFile'],
    });
    const [file] = filePaths;
    return file === undefined ? null : readOrTell(window, file);
  }

  return { saveFile, openStudyFile, readOrTell };
}

async function tell(window: BrowserWindow, message: string, detail: string): Promise<void> {
  await dialog.showMessageBox(window, { type: 'error', message, detail });
}
