import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/index.ts';

const FOLDER = new URL('../../../docs/analysis/', import.meta.url);

test('every method has a page, which the list of methods names, and no page is left over', () => {
  const list = fs.readFileSync(new URL('README.md', FOLDER), 'utf8');
  const listed = [...list.matchAll(/\]\(([a-z0-9-]+)\.md\)/g)].map(([, name]) => name);
  const pages = fs.readdirSync(FOLDER).filter((file) => file !== 'README.md');
  const names = METHODS.map(({ name }) => name).toSorted();
  assert.deepEqual(listed.toSorted(), names);
  assert.deepEqual(pages.toSorted(), names.map((name) => `${name}.md`).toSorted());
});

test('every page says what is computed, what it can tell and what it cannot', () => {
  for (const { name } of METHODS) {
    const page = fs.readFileSync(new URL(`${name}.md`, FOLDER), 'utf8');
    for (const part of ['**Definition.**', '**What it can tell.**', '**What it cannot.**'])
      assert.ok(page.includes(part), `${name}.md lacks ${part}`);
  }
});
