import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOutsideAddress } from '../../../src-main/desktop/page-address.ts';

test('links open outside only where they lead to the web or to mail', () => {
  for (const address of ['https://a.org/b', 'http://a.org', 'mailto:a@b.org'])
    assert.ok(isOutsideAddress(address), address);
  for (const address of [
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://kindling/',
    'smb://a/b',
    'a.org',
    '',
  ])
    assert.ok(!isOutsideAddress(address), address);
});
