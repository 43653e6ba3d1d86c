import { LONGEST_NOTE } from '../../../src-shared/contract/api/studies.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { whole } from '../../../src-shared/numbers.ts';
import { decodeText } from '../../../src-shared/yaml/decode-text.ts';
import { readAtMost, whyUnread } from '../../files/read-at-most.ts';
import { openClient } from '../application/open-client.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine } from '../output.ts';

export interface NoteOptions {
  readonly file?: string;
  readonly json?: boolean;
}

/** Prints the note of a study, or sets it. @throws Problem `not-found`, `usage` for a text that is too long, and those of the store */
export async function studyNote(storeFile: string, name: string, { file, json }: NoteOptions): Promise<void> {
  if (file === undefined) return showNote(storeFile, name, json === true);
  const text = readNote(file);
  const client = await openClient(storeFile, '`kindling study note`');
  try {
    const { note } = await client.request('studies.annotate', { study: name, text, base: null });
    if (json) printJson(note);
    else printLine(note === null ? `${name} has no note now.` : `saved: the note of ${name}`);
  } finally {
    await client.close();
  }
}

/** As it is, so that it can be edited and set again. */
function showNote(storeFile: string, name: string, json: boolean): void {
  const store = openToRead(storeFile);
  try {
    const { note } = store.study(name);
    if (json) printJson(note);
    else if (note === null) console.error(`kindling: ${name} has no note.`);
    else process.stdout.write(note.text.endsWith('\n') ? note.text : `${note.text}\n`);
  } finally {
    store.close();
  }
}

/** A character has four bytes at most. */
function readNote(file: string): string {
  const what = file === '-' ? 'The standard input' : file;
  let text;
  try {
    text = decodeText(readAtMost(file === '-' ? 0 : file, 4 * LONGEST_NOTE + 1));
  } catch (error) {
    throw new Problem('not-found', `${what} cannot be read: ${whyUnread(error)}.`, { cause: error });
  }
  if (text.length > LONGEST_NOTE)
    throw new Problem(
      'usage',
      `${what} has more than ${whole(LONGEST_NOTE)} characters, which is the most of a note.`,
    );
  return text;
}
