import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import { fillHome } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const SEEDS = 1000;
const CROWD = `study: crowd
dataset: shapes
network: { family: squeezenet, stem: small, dropout: 0 }
vary:
  network.sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
seeds: ${SEEDS}
`;
const { test } = pageTests((home) => fillHome(home, CROWD, 'waiting'));

test('of 10,000 runs only the visible lines exist, and each can be reached', '/runs', async (page) => {
  await page.getByRole('status').getByText('10,000 runs').waitFor();
  const grid = page.getByRole('grid', { name: 'Runs' });
  assert.equal(await grid.getAttribute('aria-rowcount'), '10001');
  const rows = async (): Promise<number[]> =>
    grid
      .getByRole('row')
      .evaluateAll((lines) =>
        lines.map((line: { getAttribute(name: string): string | null }) =>
          Number(line.getAttribute('aria-rowindex')),
        ),
      );
  assert.ok((await rows()).length < 80);
  await grid.focus();
  await page.keyboard.press('End');
  await eventually(async () => assert.equal(Math.max(...(await rows())), 10_001));
  assert.ok((await rows()).length < 80);
  const last = grid.locator('[aria-rowindex="10001"]');
  assert.match(await last.innerText(), /crowd/);
  assert.match((await last.getAttribute('class')) ?? '', /active/);
  await page.getByRole('combobox', { name: 'Filter the runs' }).fill(`sr<=0.2 seed=${SEEDS - 1}`);
  await page.getByRole('status').getByText('2 of 10,000 runs').waitFor();
  await eventually(async () => assert.deepEqual(await rows(), [1, 2, 3]));
});
