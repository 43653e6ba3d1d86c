import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOfLink, findLink } from '../../../src-main/desktop/page-link-address.ts';

test('a link leads to a page, with what is chosen on it, and nothing else is a link', () => {
  assert.equal(addressOfLink('kindling://studies/squeeze%20ratio'), '/studies/squeeze%20ratio');
  assert.equal(addressOfLink('kindling://compare?x=sr&filter=a%3Db'), '/compare?x=sr&filter=a%3Db');
  assert.equal(addressOfLink('kindling://'), '/studies');
  assert.equal(addressOfLink('kindling://studies/'), '/studies');
  assert.equal(addressOfLink('kindling:////studies'), '/studies');
  for (const text of [
    'https://studies/a',
    'kindling:studies',
    '/studies',
    'kindling://user@studies/a',
    'kindling://studies:80/a',
    `kindling://studies/${'a'.repeat(5000)}`,
  ]) {
    assert.equal(addressOfLink(text), null, text.slice(0, 40));
  }
  assert.equal(findLink(['/app', 'a.yaml', 'kindling://runs']), '/runs');
  assert.equal(findLink(['/app', 'a.yaml']), null);
});
