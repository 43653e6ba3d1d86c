import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import { describeMethod } from '../../../src-main/analysis/method.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';

const FOLDER = new URL('../../../src-main/analysis/methods/', import.meta.url);

function pageOf(name: string): string {
  return fs.readFileSync(new URL(`${name}/README.md`, FOLDER), 'utf8');
}

test('every method is a folder of its name with a page, and no folder is left over', () => {
  const folders = fs.globSync('*/README.md', { cwd: FOLDER }).map((page) => path.dirname(page));
  assert.deepEqual(folders.toSorted(), METHODS.map(({ name }) => name).toSorted());
});

test('every page says what is computed, what it can tell and what it cannot', () => {
  for (const { name } of METHODS) {
    const page = pageOf(name);
    for (const part of ['**Definition.**', '**What it can tell.**', '**What it cannot.**'])
      assert.ok(page.includes(part), `the page of ${name} lacks ${part}`);
  }
});

test('every page says what intervals are over and which scatter is not shown, in the words of its method', () => {
  for (const { name, scatter, measures } of METHODS) {
    assert.equal(scatter === '', measures.length === 0, name);
    const page = pageOf(name).replaceAll(/\s+/g, ' ');
    assert.ok(
      scatter === '' || page.includes(`**Scatter.** ${scatter}`),
      `the page of ${name} lacks: ${scatter}`,
    );
  }
});

test('every page shows how its settings are given, and what is shown is accepted', () => {
  for (const method of METHODS) {
    const page = pageOf(method.name);
    const options = [...page.matchAll(/`--set ([^=`]+)=([^`]+)`/g)];
    const shown = Object.fromEntries(options.map(([, name = '', value = '']) => [name, value]));
    methodRequests([method.name], shown);
    const own = describeMethod(method).settings.filter(({ name }) => name !== 'images');
    assert.ok(own.length === 0 || options.length > 0, `the page of ${method.name} shows no setting`);
  }
});
