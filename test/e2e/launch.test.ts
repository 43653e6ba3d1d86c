import assert from 'node:assert/strict';
import { pageTests } from './page-tests.ts';

const { test } = pageTests();

test('an empty store offers the demo', '/', async (page) => {
  await page.getByRole('heading', { name: 'Nothing has been run yet' }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Run the demo study' }).isEnabled());
  await page.getByRole('link', { name: 'Put a study together' }).waitFor();
});
