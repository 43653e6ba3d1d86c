import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectScope, nextTick, shallowRef } from 'vue';
import type { ExplainedPicture, Explanation } from '../../../src-shared/contract/api/pictures.ts';
import { type ExplainingHost, useExplanations } from '../../../src-renderer/pictures/use-explanations.ts';

/** A host that answers when it is told to, and how often it was to end what it was asked. */
const waiting: ((found: Awaited<ReturnType<ExplainingHost['explain']>>) => void)[] = [];
let cancelled = 0;
const host: ExplainingHost = {
  explain: () => new Promise((answer) => waiting.push(answer)),
  cancel: () => {
    cancelled++;
    for (const answer of waiting.splice(0))
      answer({ explained: null, problem: 'The explanation was cancelled.' });
  },
};

const PICTURES = ['a', 'b'].map((name) => ({
  key: name,
  asked: { kind: 'file', name, base64: '' } as const,
}));
const GRAD_CAM: Explanation = { method: 'grad-cam', layer: null };

/** Answers what is waited for; the next is asked for then. */
async function answer(layer: string | null): Promise<void> {
  const explained = { predictions: [], layer, layers: [], map: null } as unknown as ExplainedPicture;
  waiting.shift()?.({ explained, problem: '' });
  await settled();
}

async function settled(): Promise<void> {
  await nextTick();
  await new Promise((resolve) => setImmediate(resolve));
}

function looking() {
  const pictures = shallowRef(PICTURES);
  const explanation = shallowRef(GRAD_CAM);
  const scope = effectScope();
  const found = scope.run(() =>
    useExplanations(
      host,
      () => pictures.value,
      () => ['net'],
      () => explanation.value,
    ),
  );
  assert.ok(found);
  const [first, second] = PICTURES.map((picture) => () => found.lookOf(picture, 'net'));
  assert.ok(first && second);
  return { pictures, explanation, scope, found, first, second };
}

test('what is no longer wanted is ended, and that it was is not shown', async () => {
  const { pictures, explanation, scope, found, first, second } = looking();
  await settled();
  assert.equal(waiting.length, 1);
  await answer('conv');
  assert.deepEqual([first().explained?.layer, first().isCurrent, found.done.value], ['conv', true, 1]);

  // the second is on its way, when another explanation is chosen
  const views = cancelled;
  explanation.value = { method: 'integrated-gradients' };
  await settled();
  assert.equal(cancelled, views + 1);
  assert.deepEqual([first().isCurrent, second().problem, second().explained], [false, '', null]);
  await answer(null);
  await answer(null);
  assert.deepEqual([first().isCurrent, second().isCurrent, found.done.value], [true, true, 2]);

  // of another picture nothing is ended
  explanation.value = GRAD_CAM;
  await settled();
  pictures.value = PICTURES.slice(0, 1);
  await settled();
  assert.equal(cancelled, views + 1);
  await answer('conv');
  assert.equal(found.done.value, 1);
  scope.stop();
  assert.equal(cancelled, views + 1);
});

test('cancelled, it ends what is on its way and asks for no more until it goes on; a view that is gone does the same', async () => {
  const { scope, found, first } = looking();
  await settled();
  const before = cancelled;
  found.stop();
  await settled();
  assert.deepEqual([cancelled - before, waiting.length, first().problem], [1, 0, '']);
  found.go();
  await settled();
  assert.equal(waiting.length, 1);
  scope.stop();
  await settled();
  assert.deepEqual([cancelled - before, waiting.length], [2, 0]);
});
