import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { askedMethods } from '../../../src-main/analysis/asked-methods.ts';
import { describeMethod } from '../../../src-main/analysis/method.ts';
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

test('every page says what intervals are over and which scatter is not shown, in the words of its method (no. 9)', () => {
  for (const { name, scatter, measures } of METHODS) {
    assert.equal(scatter === '', measures.length === 0, name);
    const page = fs.readFileSync(new URL(`${name}.md`, FOLDER), 'utf8').replaceAll(/\s+/g, ' ');
    assert.ok(scatter === '' || page.includes(`**Scatter.** ${scatter}`), `${name}.md lacks: ${scatter}`);
  }
});

test('every page shows how its settings are given, and what is shown is accepted', () => {
  for (const method of METHODS) {
    const page = fs.readFileSync(new URL(`${method.name}.md`, FOLDER), 'utf8');
    const options = [...page.matchAll(/`--set ([^=`]+)=([^`]+)`/g)];
    const shown = Object.fromEntries(options.map(([, name = '', value = '']) => [name, value]));
    askedMethods([method.name], shown);
    const own = describeMethod(method).settings.filter(({ name }) => name !== 'images');
    assert.ok(own.length === 0 || options.length > 0, `${method.name}.md shows no setting`);
  }
});

test('the methods that take fewer images unless asked for more are named', () => {
  const list = fs.readFileSync(new URL('README.md', FOLDER), 'utf8');
  const sentence = /Nine methods take .*?\(20\)\./s.exec(list)?.[0] ?? '';
  const named = [...sentence.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  const fewer = METHODS.filter((method) => {
    const images = describeMethod(method).settings.find(({ name }) => name === 'images')?.default ?? Infinity;
    return typeof images === 'number' && images < 2000;
  });
  assert.equal(fewer.length, 9);
  assert.deepEqual(named.toSorted(), fewer.map(({ name }) => name).toSorted());
});
