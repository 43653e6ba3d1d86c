import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ensurePage } from '../../scripts/build-page.ts';

const CHECKOUT = path.join(import.meta.dirname, '../..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kindling-page-'));
  symlinkSync(path.join(CHECKOUT, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  for (const file of ['vite.config.ts', 'package-lock.json'])
    cpSync(path.join(CHECKOUT, file), path.join(root, file));
  for (const folder of ['src-renderer', 'src-shared']) mkdirSync(path.join(root, folder));
  write(
    'src-renderer/index.html',
    '<!doctype html><title>Kindling</title><script type="module" src="./main.ts"></script>',
  );
  write(
    'src-renderer/main.ts',
    "import App from './App.vue';\nimport { answer } from '../src-shared/answer.ts';\nconsole.log(App, answer);",
  );
  write(
    'src-renderer/App.vue',
    '<script setup lang="ts">\nconst name: string = "lab";\n</script>\n<template><p>{{ name }}</p></template>\n<style scoped>p { background: url(./dot.svg) }</style>',
  );
  write('src-renderer/dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  write('src-shared/answer.ts', 'export const answer: number = 42;');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  writeFileSync(path.join(root, file), text);
}

function stampTime(): number {
  return statSync(path.join(root, 'dist', 'renderer', 'built-from')).mtimeMs;
}

test('the page is built once, again when a source changes, and follows the security policy', async () => {
  const page = await ensurePage(root);
  assert.equal(page, path.join(root, 'dist', 'renderer'));
  const html = readFileSync(path.join(page, 'index.html'), 'utf8');
  const scripts = html.match(/<script[^>]*>[^<]*/g) ?? [];
  assert.equal(scripts.length, 1, html);
  assert.match(scripts[0] ?? '', /^<script type="module" crossorigin src="\.\/assets\/index-[\w-]+\.js">$/);
  const styles = readdirSync(path.join(page, 'assets')).filter((file) => file.endsWith('.css'));
  const css = styles.map((file) => readFileSync(path.join(page, 'assets', file), 'utf8')).join('');
  assert.match(css, /dot-[\w-]+\.svg/);
  assert.doesNotMatch(css, /data:/);

  const first = stampTime();
  await ensurePage(root);
  assert.equal(stampTime(), first, 'nothing is built when all is up to date');

  write('src-shared/answer.ts', 'export const answer: number = 43;');
  await Promise.all([ensurePage(root), ensurePage(root)]);
  assert.notEqual(stampTime(), first);
  assert.deepEqual(readdirSync(path.join(root, 'dist')), ['renderer'], 'nothing is left beside the page');
});

test('a page that does not compile leaves the old one and nothing else', async () => {
  await ensurePage(root);
  const first = stampTime();
  write('src-renderer/main.ts', "import './missing.ts';");
  await assert.rejects(ensurePage(root), /missing/);
  assert.equal(stampTime(), first);
  assert.ok(existsSync(path.join(root, 'dist', 'renderer', 'index.html')));
  assert.deepEqual(readdirSync(path.join(root, 'dist')), ['renderer']);
});
