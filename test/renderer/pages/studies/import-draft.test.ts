import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick } from 'vue';
import type { Answer } from '../../../../src-shared/contract/api/index.ts';
import type { Task } from '../../../../src-shared/contract/api/tasks.ts';
import type { PageBridge } from '../../../../src-shared/contract/page-bridge.ts';

// what the page's transports take from a browser, whose types tests do not have
declare global {
  const window: object;
  const location: Readonly<Record<'href' | 'protocol', string>>;
}

/** Imports that were asked for: which file each would read, and how it is answered. */
const asked: { readonly file: string; readonly answer: (answer: Answer<unknown>) => void }[] = [];
const bridge: Pick<PageBridge, 'request'> = {
  request: (_, parameters) =>
    new Promise((answer) => {
      const [file = ''] = (parameters as { files: string[] }).files;
      asked.push({ file, answer });
    }),
};
// the page looks for its host as it is loaded
Object.assign(globalThis, { window: { kindling: bridge } });
const { useImportDraft } = await import('../../../../src-renderer/pages/studies/import-draft.ts');
const { useTasks } = await import('../../../../src-renderer/stores/tasks.ts');

function drafting() {
  asked.length = 0;
  setActivePinia(createPinia());
  const scope = effectScope();
  const draft = scope.run(() => useImportDraft(() => undefined));
  assert.ok(draft);
  const tasks = useTasks();
  return {
    draft,
    stop: () => scope.stop(),
    /** The host begins what was asked for last. */
    begin: async (id: string) => {
      asked.at(-1)?.answer({ ok: true, result: task(id, 'running') });
      await settled();
    },
    end: async (id: string, state: Task['state']) => {
      tasks.tasks = tasks.tasks.map((each) => (each.id === id ? task(id, state) : each));
      await settled();
    },
  };
}

/** Reading one file; its result is told by its id. */
function task(id: string, state: Task['state']): Task {
  return {
    ...{
      id,
      title: '',
      changes: null,
      state,
      phase: '',
      share: null,
      secondsLeft: null,
      subject: 'import',
      detail: '',
      failure: null,
    },
    ...{ message: state === 'failed' ? `${id} failed` : '', result: state === 'done' ? { study: id } : null },
  };
}

async function settled(): Promise<void> {
  await nextTick();
  await new Promise((resolve) => setImmediate(resolve));
}

test('what was read of files is not shown once others were given', async () => {
  const { draft, begin, end, stop } = drafting();
  draft.take(['/first.csv']);
  await begin('first');
  draft.take(['/second.csv']);
  await end('first', 'done');
  assert.deepEqual(
    [draft.account.value, ...asked.map(({ file }) => file)],
    [null, '/first.csv', '/second.csv'],
  );
  await begin('second');
  await end('second', 'done');
  assert.equal(draft.account.value?.study, 'second');
  stop();
});

test('of files that were taken away neither result nor failure is shown, nor are they read again', async () => {
  for (const state of ['done', 'failed'] as const) {
    const { draft, begin, end, stop } = drafting();
    draft.take(['/first.csv']);
    await begin('first');
    draft.clear();
    await end('first', state);
    assert.deepEqual([draft.account.value, draft.problem.value, asked.length], [null, '', 1], state);
    stop();
  }
});

test('files that are given before the host has answered for others are read after them', async () => {
  const { draft, begin, end, stop } = drafting();
  draft.take(['/first.csv']);
  draft.take(['/second.csv']);
  assert.equal(asked.length, 1);
  asked[0]?.answer({ ok: false, code: 'usage', message: 'no', mistakes: [] });
  await settled();
  assert.deepEqual([asked.at(-1)?.file, draft.problem.value], ['/second.csv', '']);
  await begin('second');
  await end('second', 'failed');
  assert.deepEqual([draft.account.value, draft.problem.value], [null, 'second failed']);
  stop();
});
