import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { staleDocs } from '../../scripts/docs.ts';

test('what the docs say of descriptions is what these say: the list of methods', async () => {
  const stale = await staleDocs(path.join(import.meta.dirname, '../..'));
  assert.deepEqual([...stale.keys()], [], '`npm run docs` writes them anew');
});
