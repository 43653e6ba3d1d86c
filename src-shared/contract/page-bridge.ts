import type { PageMessage } from './api/events.ts';
import type { ExportedFile } from './api/files.ts';
import type { Answer } from './api/index.ts';

/** What the window's preload script gives to the page as `window.kindling`; a browser has none. */
export interface PageBridge {
  /** One request of the API. */
  request(name: string, parameters: unknown): Promise<Answer<unknown>>;
  /** Calls back for each message, `hello` first; returns how to end that. */
  connect(listener: (message: PageMessage) => void): () => void;
  /** Asks where to keep a file, and keeps it there. */
  saveFile(file: ExportedFile): Promise<{ readonly saved: boolean }>;
  /** Asks for a text file; null if none was chosen. */
  openTextFile(): Promise<{ readonly name: string; readonly text: string } | null>;
  /** Asks for a folder; null if none was chosen. */
  chooseFolder(): Promise<string | null>;
  readonly platform: string;
}
