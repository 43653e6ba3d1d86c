import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { enginesFolder } from '../../../src-main/home.ts';
import { kindling } from './command-line.ts';

/** Names that every object has, and that of its prototype. */
const CLASSES = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];

const home = mkdtempSync(join(tmpdir(), 'kindling-names-'));
const pictures = join(home, 'pictures');
const study = join(home, 'study.yaml');

before(async () => {
  symlinkSync(enginesFolder(), enginesFolder(home));
  for (const [place, name] of CLASSES.entries()) {
    mkdirSync(join(pictures, name), { recursive: true });
    for (let index = 0; index < 10; index++) {
      const background = { r: 60 * place, g: 20 * index, b: 0 };
      const picture = sharp({ create: { width: 32, height: 32, channels: 3, background } });
      await picture.png().toFile(join(pictures, name, `${index}.png`));
    }
  }
  writeFileSync(
    study,
    `study: constructor
dataset: __proto__
network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 8, baseE: 8, incrE: 8 }
vary: { network.sr: [0.5] }
seeds: 1
training: { epochs: 1, batch: 16 }
`,
  );
});
after(() => rmSync(home, { recursive: true }));

function said(...parameters: string[]): string {
  const { status, stdout, stderr } = kindling(parameters, { KINDLING_HOME: home });
  assert.equal(status, 0, stderr);
  return stdout;
}

test('names that every object has are names like others, from the data set to the figure', () => {
  said('dataset', 'add', '__proto__', '--from', pictures);
  const shown = said('dataset', 'show', '__proto__');
  for (const name of CLASSES) assert.match(shown, new RegExp(`^${name} +8 +2$`, 'm'));
  assert.match(said('study', 'run', study), /^constructor: 1 of 1 runs/m);

  const filtered = ['export', 'runs', '--filter', 'dataset = __proto__ and study = constructor'];
  assert.equal(
    said(...filtered)
      .trim()
      .split('\n').length,
    2,
  );
  const unknown = kindling(['export', 'runs', '--filter', 'constructor > 1'], { KINDLING_HOME: home });
  assert.match(unknown.stderr, /there is no column "constructor"/);

  const figure = join(home, 'confusion.pdf');
  said('figure', 'confusion', '--study', 'constructor', '--output', figure);
  assert.equal(readFileSync(figure).subarray(0, 5).toString(), '%PDF-');

  said('study', 'export', 'constructor', '--output', join(home, 'exported'));
  const runs = readFileSync(join(home, 'exported', 'runs.csv'), 'utf8');
  assert.match(runs, /^id,study,.*\n\w+,constructor,\w+,0,complete,__proto__,/);
});
