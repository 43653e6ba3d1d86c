import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashWords, RandomStream, randomStream } from '../../src-shared/random.ts';

test('xoshiro128** draws what the reference implementation draws', () => {
  // Vigna's xoshiro128starstar.c (1.1) with s = {1, 2, 3, 4}; the values are those of its C source, compiled.
  const stream = new RandomStream(1, 2, 3, 4);
  const drawn = Array.from({ length: 6 }, () => stream.bits());
  assert.deepEqual(drawn, [11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
});

test('MurmurHash3_x86_32 hashes what the reference implementation hashes', () => {
  // SMHasher's published values for the empty input and for four bytes.
  assert.equal(hashWords([], 0), 0);
  assert.equal(hashWords([], 1), 0x514e28b7);
  assert.equal(hashWords([0x87654321], 0), 0xf55b516b);
  assert.equal(hashWords([0x87654321], 0x5082edee), 0x2362f9de);
});

test('a stream is a function of its name alone', () => {
  const draw = (...names: (string | number)[]) => randomStream(5, ...names).bits();
  assert.equal(draw('order', 1), draw('order', 1));
  const others = [
    draw('order'),
    draw('order', 1),
    draw('order', 2),
    draw('order', '1'),
    draw('ord', 'er', 1),
    draw('order', -1),
    draw('order', 2 ** 32 + 1),
    randomStream(6, 'order', 1).bits(),
  ];
  assert.equal(new Set(others).size, others.length);
  assert.throws(() => randomStream(0.5), RangeError);
});

test('streams at counters are independent of draws from each other', () => {
  const parent = randomStream(1, 'augment', 0);
  const first = parent.at(7).bits();
  assert.equal(parent.at(7).bits(), first);
  assert.notEqual(parent.at(8).bits(), first);
  const count = 20000;
  let ones = 0;
  for (let i = 0; i < count; i++) ones += parent.at(i).bits() & 1;
  // Four standard deviations of a fair coin.
  assert.ok(Math.abs(ones - count / 2) < 4 * Math.sqrt(count / 4), `${ones} of ${count}`);
});

test('moments of the uniform and normal draws', () => {
  const stream = randomStream(11, 'moments');
  const count = 200000;
  let sum = 0;
  let squares = 0;
  let fourth = 0;
  let uniform = 0;
  for (let i = 0; i < count; i++) {
    const x = stream.normal();
    sum += x;
    squares += x * x;
    fourth += x ** 4;
    uniform += stream.uniform();
  }
  // Each within five standard errors: 1, sqrt(2), sqrt(96) and sqrt(1/12), over sqrt(count).
  const error = 5 / Math.sqrt(count);
  assert.ok(Math.abs(sum / count) < error);
  assert.ok(Math.abs(squares / count - 1) < error * Math.SQRT2);
  assert.ok(Math.abs(fourth / count - 3) < error * Math.sqrt(96));
  assert.ok(Math.abs(uniform / count - 0.5) < error * Math.sqrt(1 / 12));
});

test('integers are in range and even, permutations hold each number once', () => {
  const stream = randomStream(2, 'integers');
  const counts = new Uint32Array(6);
  for (let i = 0; i < 60000; i++) {
    const drawn = stream.integer(6);
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  // Chi squared with five degrees of freedom: 20.5 is exceeded once in a thousand seeds.
  const chi = counts.reduce((total, n) => total + (n - 10000) ** 2 / 10000, 0);
  assert.ok(chi < 20.5, `${chi}`);
  const order = stream.permutation(1000);
  assert.deepEqual(
    [...order].sort((x, y) => x - y),
    Array.from({ length: 1000 }, (_, i) => i),
  );
  assert.notDeepEqual(order, stream.permutation(1000));
  assert.throws(() => stream.integer(0), RangeError);
});
