import { z } from 'zod';
import type { PageMessage } from './api/events.ts';
import type { ExportedFile } from './api/files.ts';
import type { Answer } from './api/index.ts';

/** What the menu asks of the page. */
export type PageCommand =
  /** Show this address of the page, e.g. `/runs`. */
  | { readonly type: 'show'; readonly address: string }
  /** Show this study file where studies are put together. */
  | { readonly type: 'open study file'; readonly file: TextFile }
  /** Save what is shown: the study file that is put together, the figure. Pages without such a thing do nothing. */
  | { readonly type: 'save' };

/** What the page that is shown can do of what the menu asks for. */
export const pageOfferSchema = z.strictObject({ save: z.boolean() });
export type PageOffer = z.infer<typeof pageOfferSchema>;

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/**
 * `window.kindling`: what the desktop window adds to its page; missing in a browser. The page gets no path that the user
 * did not choose in a dialog or drop on it, and no channel but these.
 */
export interface PageBridge {
  /** As Node names it: linux, darwin or win32. */
  readonly platform: string;
  /** A request of the API. Rejects only if the window's process is gone. */
  request(name: string, parameters: unknown): Promise<Answer<unknown>>;
  /** Asks for the messages: first `hello`, then the events. @returns what ends it */
  connect(listener: (message: PageMessage) => void): () => void;
  /** Commands of the menu; those that came before the first listener are told to it. @returns what ends it */
  onCommand(listener: (command: PageCommand) => void): () => void;
  /** Asks where, and writes the file. */
  saveFile(file: ExportedFile): Promise<{ readonly saved: boolean }>;
  /** Asks which study file, and reads it; null where the user changed their mind. */
  openTextFile(): Promise<TextFile | null>;
  /** Tells what the page can do now; what it cannot do is grey in the menu. */
  offer(what: PageOffer): void;
  /** Path of a file or folder that was dropped on the page; empty for one that is no file of this machine. */
  pathOf(file: unknown): string;
}
