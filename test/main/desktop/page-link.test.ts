import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNELS } from '../../../src-main/desktop/channels.ts';
import { createPageLink } from '../../../src-main/desktop/page-link.ts';

const hello = { type: 'hello', host: 'a', sequence: 4 } as const;
const reload = { sequence: 5, event: { type: 'reload' } } as const;
const show = { type: 'show', address: '/runs' } as const;

function link() {
  const sent: unknown[][] = [];
  const state = { destroyed: false };
  const contents = {
    isDestroyed: () => state.destroyed,
    send: (...all: unknown[]) => {
      if (state.destroyed) throw new Error('Object has been destroyed');
      sent.push(all);
    },
  };
  return { sent, state, link: createPageLink(contents) };
}

test('a page hears of events from when it asked, and again after it was loaded anew', () => {
  const { sent, link: page } = link();
  page.tell(reload);
  assert.deepEqual(sent, []);
  page.connect(hello);
  page.tell(reload);
  page.disconnect();
  page.tell({ ...reload, sequence: 6 });
  page.connect({ ...hello, sequence: 6 });
  assert.deepEqual(sent, [
    [CHANNELS.message, hello],
    [CHANNELS.message, { type: 'event', ...reload }],
    [CHANNELS.message, { ...hello, sequence: 6 }],
  ]);
});

test('a command waits for the page to follow, and none goes to a window that is closed', () => {
  const { sent, state, link: page } = link();
  page.command(show);
  assert.deepEqual(sent, []);
  page.follow();
  page.command({ type: 'save' });
  assert.deepEqual(sent, [
    [CHANNELS.command, show],
    [CHANNELS.command, { type: 'save' }],
  ]);
  page.connect(hello);
  state.destroyed = true;
  page.tell(reload);
  page.command(show);
  assert.equal(sent.length, 3);
});
