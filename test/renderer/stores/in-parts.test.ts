import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createPinia, setActivePinia } from 'pinia';

// the page looks for its host as it is loaded
Object.assign(globalThis, { window: { kindling: {} } });
const { inParts } = await import('../../../src-renderer/stores/in-parts.ts');
const { useNotices } = await import('../../../src-renderer/stores/notices.ts');

beforeEach(() => setActivePinia(createPinia()));

const SMALL = { size: 2, patience: 0 };

test('everything is done in its order; how far it is is told, and not any more when it is done', async () => {
  const done: string[] = [];
  const told: string[] = [];
  const work = (part: string[]): Promise<void> => {
    told.push(useNotices().notices[0]?.message ?? '');
    done.push(...part);
    return Promise.resolve();
  };
  await inParts(['a', 'b', 'c', 'd', 'e'], 'Deleting runs', work, SMALL);
  assert.deepEqual(done, ['a', 'b', 'c', 'd', 'e']);
  assert.equal(told[0], '');
  assert.match(told[1] ?? '', /^Deleting runs: 2 of 5, .* left\.$/);
  assert.match(told[2] ?? '', /^Deleting runs: 4 of 5, /);
  assert.deepEqual(useNotices().notices, []);
});

test('it ends where somebody cancels it or where a part fails, and what is done is done', async () => {
  const parts: string[][] = [];
  await inParts(
    ['a', 'b', 'c', 'd', 'e'],
    'Deleting runs',
    (part) => {
      parts.push(part);
      const action = useNotices().notices[0]?.action;
      if (action && 'act' in action) action.act();
      return Promise.resolve();
    },
    SMALL,
  );
  assert.deepEqual(parts, [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  const failing = inParts(['a', 'b', 'c'], 'Deleting runs', () => Promise.reject(new Error('no')), SMALL);
  await assert.rejects(failing, /no/);
  assert.deepEqual(useNotices().notices, []);
});
