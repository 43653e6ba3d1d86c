import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';

const CHECKOUT = path.join(import.meta.dirname, '../..');
const CRUISER = path.join(CHECKOUT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const CONFIGURATION = path.join(CHECKOUT, '.dependency-cruiser.mjs');

const reportSchema = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }) })) }),
});

/** The names of the rules that a tree of files breaks. */
async function brokenRules(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'kindling-rooms-'));
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), text);
    }
    symlinkSync(path.join(CHECKOUT, 'node_modules'), path.join(root, 'node_modules'));
    const options = ['--config', CONFIGURATION, '--output-type', 'json'];
    const { stdout } = await promisify(execFile)(process.execPath, [CRUISER, ...options, ...folders(files)], {
      cwd: root,
    });
    const { violations } = reportSchema.parse(JSON.parse(stdout)).summary;
    return [...new Set(violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(root, { recursive: true });
  }
}

function folders(files: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''))];
}

const VALUE = 'export const value = 1;\n';

const breaches: readonly (readonly [what: string, files: Record<string, string>, rules: string[]])[] = [
  [
    'an analysis that imports a command',
    {
      'src-main/analysis/probe.ts': "export * from '../cli/run.ts';\n",
      'src-main/cli/run.ts': VALUE,
    },
    ['rooms of src-main/analysis'],
  ],
  [
    'an import upward, of a type only',
    {
      'src-shared/studies/cell.ts': "export type { A } from '../contract/api.ts';\n",
      'src-shared/contract/api.ts': 'export type A = 1;\n',
    },
    ['rooms of src-shared/studies'],
  ],
  [
    'a page that imports the main side',
    { 'src-renderer/pages/a.ts': "import '../../src-main/store/b.ts';\n", 'src-main/store/b.ts': VALUE },
    ['rooms of src-renderer/pages'],
  ],
  [
    'a component of Vue that imports the main side',
    {
      'src-renderer/pages/A.vue':
        '<script setup lang="ts">\nimport { value } from \'../../src-main/store/b.ts\';\n</script>\n<template>{{ value }}</template>\n',
      'src-main/store/b.ts': VALUE,
    },
    ['rooms of src-renderer/pages'],
  ],
  [
    'a circle of two files, one of whose imports is of a type, the other when it is called',
    {
      'src-main/store/a.ts':
        "import type { B } from './b.ts';\nexport interface A { readonly b: B }\nexport const value = 1;\n",
      'src-main/store/b.ts':
        "export interface B { readonly b: number }\nexport const load = async (): Promise<unknown> => import('./a.ts');\n",
    },
    ['no-circles'],
  ],
  [
    'a part of Node in what runs in browsers',
    { 'src-shared/runs/a.ts': "import 'node:fs';\n" },
    ['no-node-in-the-page'],
  ],
  ['SQL outside the store', { 'src-main/api/a.ts': "import 'better-sqlite3';\n" }, ['owned-package']],
  [
    'the program that imports a script',
    { 'src-main/engine/a.ts': "import '../../scripts/b.ts';\n", 'scripts/b.ts': VALUE },
    ['no-scripts'],
  ],
  [
    'a command that opens the store by itself',
    {
      'src-main/cli/run.ts': "export * from '../store/open-store.ts';\n",
      'src-main/store/open-store.ts': VALUE,
    },
    ['commands-only-read'],
  ],
  [
    'a page that imports another',
    {
      'src-renderer/pages/runs/a.ts': "export * from '../compare/b.ts';\n",
      'src-renderer/pages/compare/b.ts': VALUE,
    },
    ['no-page-imports-another'],
  ],
  [
    'an engine that is named outside its folder',
    {
      'src-main/engine/a.ts': "export * from './engines/fast/b.ts';\n",
      'src-main/engine/engines/fast/b.ts': VALUE,
    },
    ['no-engine-by-name'],
  ],
  [
    'a room that nobody has named',
    { 'src-main/attic/a.ts': "import '../store/b.ts';\n", 'src-main/store/b.ts': VALUE },
    ['unknown-room'],
  ],
];

for (const [what, files, rules] of breaches) {
  test(`the rooms refuse ${what}`, async () => assert.deepEqual(await brokenRules(files), rules));
}

test('a room may import itself, those below it and what is shared', async () => {
  const files = {
    'src-main/store/a.ts':
      "import './b.ts';\nimport '../files/c.ts';\nimport '../../src-shared/runs/d.ts';\n",
    'src-main/store/b.ts': "import 'node:fs';\nimport 'better-sqlite3';\n",
    'src-main/files/c.ts': VALUE,
    'src-shared/runs/d.ts': VALUE,
  };
  assert.deepEqual(await brokenRules(files), []);
});
