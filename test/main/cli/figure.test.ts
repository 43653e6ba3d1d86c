import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadedModules } from '../loaded-modules.ts';
import { kindling } from './command-line.ts';
import { fillStore } from './filled-store.ts';

let folder = '';
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindling-figure-'));
  fillStore(join(folder, 'store.sqlite'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function figure(...parameters: readonly string[]): ReturnType<typeof kindling> {
  return figureWith([], ...parameters);
}

function figureWith(nodeOptions: readonly string[], ...parameters: readonly string[]) {
  const command = ['--store', join(folder, 'store.sqlite'), 'figure', ...parameters];
  return kindling(command, { KINDLING_HOME: folder }, nodeOptions);
}

test('a figure is drawn by the ending of its file, with no more of ECharts than is drawn with, and drawn anew from that file', async (context) => {
  const [svg, pdf] = [join(folder, 'map.svg'), join(folder, 'map.pdf')];
  const modules = await loadedModules(context, (nodeOptions) => {
    const chart = ['heat-map', '--study', 'two-by-two', '--width', '120'];
    const drawn = figureWith(nodeOptions, ...chart, '--output', svg);
    assert.deepEqual([drawn.status, drawn.stdout], [0, `${svg}\n`], drawn.stderr);
  });
  assert.match(modules, /echarts\/lib\/chart\/custom\//);
  assert.doesNotMatch(modules, /echarts\/lib\/chart\/(pie|sankey|map)\//);
  assert.match(readFileSync(svg, 'utf8'), /<svg [^>]*width="120mm"/);
  const again = figure('redraw', svg, '--output', pdf);
  assert.equal(again.status, 0, again.stderr);
  assert.match(readFileSync(pdf, 'latin1'), /^%PDF-/);
});

test('a table is booktabs, of the runs that a filter keeps', () => {
  const file = join(folder, 'table.tex');
  const { status, stderr } = figure('table', '--filter', 'sr < 0.5', '--output', file);
  assert.equal(status, 0, stderr);
  const text = readFileSync(file, 'utf8');
  assert.equal([...text.matchAll(/\$\\pm\$/g)].length, 2);
  assert.match(text, /\\toprule/);
});

test('what cannot be drawn is said in one line', () => {
  for (const [parameters, message] of [
    [['cost', '--output', 'a.svg'], /one of --study NAME, --filter TEXT and --runs ID/],
    [['cost', '--study', 'two-by-two', '--output', 'a.gif'], /Unknown figure format "gif"/],
    [['cost', '--study', 'none', '--output', 'a.svg'], /no study "none"/],
    [
      ['factor', '--study', 'two-by-two', '--x', 'batch', '--output', 'a.svg'],
      /Varying: network\.sr, network\.pct3x3/,
    ],
    [
      ['depth', '--study', 'two-by-two', '--measure', 'probe/accuracy', '--output', 'a.svg'],
      /No results of .* for these runs\. Compute it with `kindling analyze --methods probe`\.$/m,
    ],
  ] as const) {
    const { status, stderr } = figure(...parameters);
    assert.ok(status === 1 || status === 2, stderr);
    assert.doesNotMatch(stderr, /\n +at /);
    assert.match(stderr, message);
  }
});
