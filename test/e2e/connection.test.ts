import assert from 'node:assert/strict';
import type { Page, WebSocketRoute } from 'playwright-core';
import { eventually } from './eventually.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const { test, server, restart } = pageTests((home) => fillHome(home, TWO_FACTORS));
const LOST = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED|WebSocket connection/;

interface Wire {
  readonly cut: () => Promise<void>;
  readonly mend: () => void;
}

/** The page's stream of events from its next load on, which breaks when it is cut. */
async function cuttable(page: Page): Promise<Wire> {
  let isCut = false;
  let last: WebSocketRoute | undefined;
  await page.routeWebSocket(/\/events$/, async (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    last = socket;
  });
  return {
    cut: async () => {
      isCut = true;
      await last?.close();
    },
    mend: () => {
      isCut = false;
    },
  };
}

test(
  'what happened while the connection was lost is there when it is back',
  '/runs',
  async (page) => {
    const { runs } = await server().request('runs.table', {});
    const wire = await cuttable(page);
    await page.reload();
    const link = page.getByRole('navigation').getByRole('status');
    await link.getByText('Connected').waitFor();
    await page.getByRole('status').getByText('18 runs', { exact: true }).waitFor();
    const grid = page.getByRole('grid', { name: 'Runs' });

    // live: an event of another page
    await server().request('runs.annotate', { runs: [runs[0]?.id ?? ''], addTags: ['seen-live'] });
    await grid.getByText('seen-live').waitFor();

    await wire.cut();
    await link.getByText(/Connection lost/).waitFor();
    await server().request('runs.annotate', { runs: [runs[1]?.id ?? ''], addTags: ['while-away'] });
    assert.equal(await grid.getByText('while-away').count(), 0);
    wire.mend();
    await link.getByText('Connected').waitFor();
    await grid.getByText('while-away').waitFor();
    assert.equal(await grid.getByText('seen-live').count(), 1);
  },
  { expectedErrors: LOST },
);

test(
  'an answer that is older than events which came before it undoes none of them',
  '/settings',
  async (page) => {
    const done = page.getByRole('region', { name: 'Tasks in progress' }).getByText('done', { exact: true });
    // what a request began has ended before the page hears that it began
    await page.route('**/api/store.backup', async (route) => {
      const response = await route.fetch();
      await done.waitFor();
      await route.fulfill({ response });
    });
    const answered = page.waitForResponse('**/api/store.backup');
    await page.getByRole('button', { name: 'Back up now' }).click();
    await (await answered).finished();
    await eventually(async () => assert.equal(await done.count(), 1));

    // what is loaded is a state of before the event
    await page.route('**/api/tasks.list', async (route) => {
      const response = await route.fetch();
      await server().request('store.backup', {});
      await done.waitFor();
      await route.fulfill({ response });
    });
    await page.reload();
    await eventually(async () => assert.equal(await done.count(), 2));
  },
);

test(
  'a page of a former start says what to do',
  '/studies',
  async (page) => {
    await page.getByRole('main').getByRole('link', { name: 'two-factors', exact: true }).waitFor();
    const link = page.getByRole('navigation').getByRole('status');
    await link.getByText('Connected').waitFor();
    await restart();
    await link.getByText('Kindling was restarted: open the address it printed.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'two-factors', exact: true }).waitFor();
    await page.goto(server().url);
    await link.getByText('Connected').waitFor();
  },
  { expectedErrors: LOST },
);
