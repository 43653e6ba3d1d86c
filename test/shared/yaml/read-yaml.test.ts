import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { Path } from '../../../src-shared/mistakes/mistake.ts';
import { showPlaced } from '../../../src-shared/mistakes/show-mistake.ts';
import { decodeText } from '../../../src-shared/yaml/decode-text.ts';
import { readYaml } from '../../../src-shared/yaml/read-yaml.ts';
import { processorTime } from '../../processor-time.ts';

const valueOf = (text: string): unknown => {
  const reading = readYaml(text);
  assert(reading.ok, text);
  return reading.value;
};
const mistakesOf = (text: string): string[] => {
  const reading = readYaml(text);
  assert(!reading.ok, text);
  return reading.mistakes.map(showPlaced);
};

test('plain data is what the package makes of it', () => {
  for (const text of [
    'a: 1\nb: [true, null, ~, 0x10, 1e3, .5, "1", x y]\nc:\n  - { d: {} }\n  - |\n    two\n    lines\n',
    '1: a\n1.5: b\ntrue: c\n? d\n: e\n',
    'a: &x [1, &y 2]\nb: *x\nc: [*y, &x 3, *x]\n',
    'constructor: 1\ntoString: { hasOwnProperty: 2 }\n',
    '- 1\n- - 2\n  - 3\n',
  ])
    assert.deepEqual(valueOf(text), parse(text), text);
});

test('a merge key takes over entries, and those of the map itself go before', () => {
  const base = 'base: &b { x: 1, y: 2 }\nother: &o { y: 3, z: 4 }\n';
  for (const own of ['m: { <<: *b, y: 9 }', 'm: { y: 9, <<: *b }', 'm: { <<: [*b, *o] }', 'm: { "<<": 1 }']) {
    const text = `${base}${own}\n`;
    assert.deepEqual(valueOf(text), parse(text, { merge: own.includes('*') }), text);
  }
});

test('an alias means the nearest anchor before it, inside of what another alias brings, too', () => {
  const text = 'a: &x { p: &y 1, q: *y }\nb: &y 2\nc: *x\nd: *y\n';
  assert.deepEqual(valueOf(text), { a: { p: 1, q: 1 }, b: 2, c: { p: 1, q: 1 }, d: 2 });
});

const MISTAKES: readonly (readonly [name: string, text: string, mistake: RegExp])[] = [
  [
    'an alias without its anchor',
    'a: 1\nb: [2, *nope]\n',
    /^line 2: b\[1\]: \*nope is not defined: there is no anchor/,
  ],
  [
    'an alias beside many anchors',
    `a: [${Array.from({ length: 12 }, (_, index) => `&a${index} 1`).join(', ')}]\nb: *nope\n`,
    /^line 2: b: \*nope is not defined: the anchors before it are &a0, .*, &a9 and 2 more\.$/,
  ],
  ['a key of any length', `${'k'.repeat(1000)}: *x\n`, /^line 1: k{79}…: \*x is not defined/],
  ['an alias before its anchor', 'a: *x\nb: &x 1\nc: &z 1\n', /^line 1: a: \*x is not defined/],
  [
    'an alias that ends nowhere',
    'a: 1\nb: &v\n  c: [*v]\n',
    /^line 3: b\.c\[0\]: \*v is inside the value that it refers to/,
  ],
  ['a circle by a merge key', 'a: &v\n  <<: *v\n', /^line 2: a: \*v is inside the value that it refers to/],
  ['aliases that grow', bomb(), /^line \d+: .*aliases make more than 1,000,000 values/],
  ['a merge of a word', 'a:\n  <<: b\n', /^line 2: a: << merges the entries of a map/],
  ['a key twice', 'a:\n  b: 1\n  c: 2\n  b: 3\n', /^line 4: a\.b: this key is a duplicate/],
  ['a key twice, once in quotation marks', '"1": a\n1: b\n', /^line 2: 1: this key is a duplicate/],
  [
    'the key of the prototype',
    'a: 1\nb:\n  __proto__: { c: 1 }\n',
    /^line 3: b: __proto__ is not allowed as a key/,
  ],
  ['a list as a key', 'a: 1\n? [b]\n: 2\n', /^line 2: a key must be a word or a number/],
  ['a second document', 'a: 1\n---\nb: 2\n', /^line 2: a second document begins here/],
  ['a tab', 'a:\n\tb: 1\n', /^line 2: a tab cannot indent a line/],
  ['an unknown tag', 'a: 1\nb: !foo 2\n', /^line 2: b: the tag !foo is unknown/],
  ['bytes by a tag', 'a: !!binary aGk=\n', /^line 1: a: the tag tag:yaml\.org,2002:binary/],
  ['an open bracket', 'a: 1\nb: [\n', /^line 3: /],
  ['a zero byte', 'a: 1\nb: \0\n', /^line 2: found bytes that are not text/],
  [
    'bytes of another encoding',
    decodeText(Uint8Array.of(0x61, 0x3a, 0x20, 0xe9, 0x0a)),
    /^line 1: found bytes/,
  ],
  ['nothing', '', /^it is empty/],
  ['a comment alone', '# nothing\n', /^it is empty/],
];

for (const [name, text, mistake] of MISTAKES)
  test(`${name} is a mistake with its line`, () => {
    const [first = ''] = mistakesOf(text);
    assert.match(first, mistake);
  });

/** Nine times nine times … values, of nine lines. */
function bomb(): string {
  const names = Array.from('abcdefghi');
  const lines = names.map((name, index) => {
    const item = index === 0 ? 'x' : `*${names[index - 1] ?? ''}`;
    return `${name}: &${name} [${Array(9).fill(item).join(', ')}]`;
  });
  return `${lines.join('\n')}\n`;
}

test('what is nested too deep is given up before anything walks through it', () => {
  const size = 2 ** 20;
  const deep = [
    '['.repeat(size),
    '{a: '.repeat(size / 4),
    '- '.repeat(size / 2),
    '? '.repeat(size / 2),
    Array.from({ length: 1400 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  ];
  for (const text of deep) {
    const started = processorTime();
    assert.match(mistakesOf(text)[0] ?? '', /lists and maps are nested/);
    assert(processorTime() - started < 1000, text.slice(0, 10));
  }
});

test('many mistakes are counted instead of told', () => {
  const told = mistakesOf(`a: [${Array(5000).fill('*x').join(', ')}]\n`);
  assert.equal(told.length, 51);
  assert.equal(told.at(-1), '… and 4,950 more.');
});

test('the line of a path is that of its key or item, through aliases and merges', () => {
  const text = `base: &b
  x: 1
  y:
    2
list:
  - one
  - { k: [1,
      2] }
merged:
  <<: *b
  z: 3
same: *b
dotted.key: { dotted: { key: 1 } }
`;
  const reading = readYaml(text);
  assert(reading.ok);
  const lines: readonly (readonly [Path, number | null])[] = [
    [['base'], 1],
    [['base', 'x'], 2],
    [['base', 'y'], 3],
    [['list', 1], 7],
    [['list', 1, 'k', 1], 8],
    [['list', 1, 'k', 7], 7],
    [['list', 9], 5],
    [['merged', 'z'], 11],
    [['merged', 'x'], 2],
    [['same', 'y'], 3],
    [['dotted.key'], 13],
    [['dotted', 'key'], null],
    [['dotted.key', 'dotted', 'key'], 13],
    [['none'], null],
    [[], null],
  ];
  for (const [path, line] of lines) assert.equal(reading.lineOf(path), line, path.join(' '));
});

test('UTF-16 is read as well as UTF-8, with a mark or without', () => {
  const text = 'study: été\n';
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  const marked = (mark: readonly number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);
  const encoded = [
    Buffer.from(text),
    marked([0xef, 0xbb, 0xbf], Buffer.from(text)),
    little,
    big,
    marked([0xff, 0xfe], little),
    marked([0xfe, 0xff], big),
    Buffer.alloc(0),
  ];
  for (const bytes of encoded.slice(0, -1)) assert.equal(decodeText(bytes), text);
  assert.equal(decodeText(Buffer.alloc(0)), '');
});

test('a carriage return alone ends a line, too', () => {
  const text = decodeText(Buffer.from('a: 1\rb: 2\r\nc: *x\r'));
  assert.match(mistakesOf(text)[0] ?? '', /^line 3: c: \*x is not defined/);
});
