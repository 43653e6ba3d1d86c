import assert from 'node:assert/strict';
import type { Page, WebSocketRoute } from 'playwright-core';
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
  'a page of a former start says what to do',
  '/studies',
  async (page) => {
    await page.getByRole('main').getByRole('link', { name: 'two-factors', exact: true }).waitFor();
    const link = page.getByRole('navigation').getByRole('status');
    await link.getByText('Connected').waitFor();
    await restart();
    await link.getByText('Kindling was started anew: open the address that it printed.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'two-factors', exact: true }).waitFor();
    await page.goto(server().url);
    await link.getByText('Connected').waitFor();
  },
  { expectedErrors: LOST },
);
