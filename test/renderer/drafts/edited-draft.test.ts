import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { draftFiles } from '../../../src-main/drafts/draft-files.ts';
import { type DraftStorage, readBrowserDrafts } from '../../../src-renderer/drafts/browser-drafts.ts';
import { editedDraft, type EditedDraft } from '../../../src-renderer/drafts/edited-draft.ts';
import type { StudyDraft } from '../../../src-shared/contract/api/drafts.ts';
import { temporaryFolder } from '../../main/store/sample-study.ts';

/** A browser's storage. */
function storage(): DraftStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    key: (place) => [...kept.keys()][place] ?? null,
    get length() {
      return kept.size;
    },
  };
}

/** Windows of one host, which can be out of reach. */
function host(home: string) {
  const drafts = draftFiles(home);
  const browser = storage();
  const apart: StudyDraft[] = [];
  const state = { isThere: true };
  const open = (beginning: Parameters<typeof editedDraft>[0]): EditedDraft =>
    editedDraft(beginning, {
      save: async (text, draft) => {
        await wait(5);
        if (!state.isThere) throw new Error('Kindling cannot be reached.');
        return drafts.save(text, draft);
      },
      storage: browser,
      onApart: (draft) => apart.push(draft),
    });
  const texts = (): string[] =>
    drafts
      .list()
      .map(({ text }) => text)
      .sort();
  return { state, browser, apart, open, texts, drafts };
}

const UNTOUCHED = { kind: 'text', text: 'study: new\n', isDraft: false } as const;

test('a text is a draft once it is changed, and is kept while it is being typed', async (context) => {
  const { open, texts } = host(temporaryFolder(context));
  const draft = open(UNTOUCHED);
  await draft.keep();
  assert.deepEqual(texts(), []);
  draft.change('study: a\n');
  const keeping = draft.keep();
  draft.change('study: ab\n');
  assert(draft.isUnkept.value);
  await keeping;
  assert.deepEqual([texts(), draft.isUnkept.value], [['study: ab\n'], false]);
  const opened = open({ kind: 'text', text: 'study: from a file\n', isDraft: true });
  await opened.keep();
  assert.deepEqual(texts(), ['study: ab\n', 'study: from a file\n']);
});

test('two windows on one draft: who is idle follows, who writes at the same time goes on apart', async (context) => {
  const { open, texts, apart } = host(temporaryFolder(context));
  const one = open(UNTOUCHED);
  one.change('study: a\n');
  await one.keep();
  const draft = one.kept.value;
  assert(draft);
  const other = open({ kind: 'draft', draft });
  await wait(5);
  one.change('study: a\nseeds: 2\n');
  await one.keep();
  if (one.kept.value) other.take(one.kept.value);
  assert.equal(other.text.value, 'study: a\nseeds: 2\n');

  one.change('study: a\nseeds: 3\n');
  other.change('study: a\nseeds: 4\n');
  await one.keep();
  // told of the other's version, a text that is not kept yet is not given up
  if (one.kept.value) other.take(one.kept.value);
  assert.equal(other.text.value, 'study: a\nseeds: 4\n');
  await other.keep();
  assert.deepEqual(texts(), ['study: a\nseeds: 3\n', 'study: a\nseeds: 4\n']);
  assert.deepEqual(
    apart.map(({ text }) => text),
    ['study: a\nseeds: 4\n'],
  );
  assert.notEqual(other.kept.value?.id, draft.id);
});

test('what the host does not get stays in the browser until it does', async (context) => {
  const { open, texts, browser, state } = host(temporaryFolder(context));
  state.isThere = false;
  const draft = open(UNTOUCHED);
  draft.change('study: offline\n');
  await draft.keep();
  assert.match(draft.problem.value, /cannot be reached/);
  assert.deepEqual(
    readBrowserDrafts(browser).map(({ text }) => text),
    ['study: offline\n'],
  );
  state.isThere = true;
  await draft.keep();
  assert.deepEqual([texts(), draft.problem.value], [['study: offline\n'], '']);
  assert.deepEqual(readBrowserDrafts(browser), []);

  // a window that goes in the middle of a word
  draft.change('study: offlin');
  draft.leave();
  const [left] = readBrowserDrafts(browser);
  assert(left);
  const again = open({ kind: 'browser', draft: left });
  await again.keep();
  assert.deepEqual([texts(), again.kept.value?.id], [['study: offlin'], draft.kept.value?.id]);
});
