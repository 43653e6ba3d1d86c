import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { KeptDraft, StudyDraft } from '../../src-shared/contract/api/drafts.ts';
import { nameInText } from '../../src-shared/studies/name-in-text.ts';
import { writeProblem } from '../files/write-problem.ts';
import { writeWhole } from '../files/write-whole.ts';
import { draftsFolder } from '../home.ts';

const ENDING = '.yaml';
const ADVICE = 'Drafts are stored in the home: check its permissions, or save the draft as a file elsewhere.';

/**
 * Studies that are being written, each a file of the home: `<home>/drafts/<id>.yaml`. They belong to the home and not to the
 * store, so that every window and browser that this home serves has the same ones, also where its store is only read. A draft
 * is never overwritten by a text that was made from another version of it.
 */
export interface DraftFiles {
  /** The newest first. */
  list(): StudyDraft[];
  /**
   * Keeps a text, as the next version of the draft if that is still at `base`, else as a new draft.
   * @throws Problem `disk-full`, or `usage` where the home cannot be written
   */
  save(text: string, draft: { readonly id: string; readonly base: string } | null): KeptDraft;
  /**
   * Whether the draft is gone: it stays if it is at another version.
   * @throws Problem `usage` where the home cannot be written
   */
  remove(id: string, version: string): boolean;
}

export function draftFiles(home: string): DraftFiles {
  const folder = draftsFolder(home);
  const fileOf = (id: string): string => path.join(folder, `${id}${ENDING}`);

  function read(id: string): StudyDraft | null {
    const file = fileOf(id);
    try {
      const text = readFileSync(file, 'utf8');
      const changedAt = statSync(file).mtime.toISOString();
      return { id, name: nameInText(text), text, version: versionOf(text), changedAt };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  function write(id: string, text: string): StudyDraft {
    const file = fileOf(id);
    try {
      writeWhole(file, text, { flushed: true });
    } catch (error) {
      throw writeProblem(error, file, ADVICE);
    }
    return read(id) ?? { id, name: '', text, version: versionOf(text), changedAt: new Date().toISOString() };
  }

  return {
    list() {
      const drafts = idsIn(folder).flatMap((id) => read(id) ?? []);
      return drafts.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
    },
    save(text, draft) {
      const present = draft && read(draft.id);
      // the answer to an earlier attempt may have been lost
      if (present?.text === text) return { draft: present, isApart: false };
      if (draft && present?.version === draft.base) return { draft: write(draft.id, text), isApart: false };
      return { draft: write(randomBytes(6).toString('hex'), text), isApart: draft !== null };
    },
    remove(id, version) {
      const present = read(id);
      if (present === null) return true;
      if (present.version !== version) return false;
      try {
        rmSync(fileOf(id), { force: true });
      } catch (error) {
        throw writeProblem(error, fileOf(id), ADVICE);
      }
      return true;
    },
  };
}

function idsIn(folder: string): string[] {
  try {
    const files = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.name.endsWith(ENDING) && !entry.name.startsWith('.'),
    );
    return files.map(({ name }) => name.slice(0, -ENDING.length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
