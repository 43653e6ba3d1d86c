import LRU from 'zrender/lib/core/LRU.js';

interface Memory {
  get: (this: LRU<unknown>, key: string | number) => unknown;
  put: (this: LRU<unknown>, key: string | number, value: unknown) => unknown;
}

// ECharts remembers the widths of texts in a plain object, by the text. A class called `constructor` or `__proto__` is
// found there although nobody measured it: then the widths get lost, and Object.prototype has new properties. With a
// space before it no text is the name of a property that objects have.
const memory: Memory = LRU.prototype;
const { get, put } = memory;

memory.get = function (key) {
  return get.call(this, ` ${key}`);
};
memory.put = function (key, value) {
  return put.call(this, ` ${key}`, value);
};
