import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROLE_INKS } from '../../../src-shared/networks/role-colours.ts';

const STYLES = readFileSync(new URL('../../../src-renderer/network/roles.css', import.meta.url), 'utf8');

test('figures have the colours of roles that the page has, in both themes', () => {
  for (const [theme, { of, on }] of Object.entries(ROLE_INKS)) {
    const before = theme === 'dark' ? `[data-theme='dark'] ` : '';
    const rule = (role: string): string =>
      STYLES.split('}').find((each) =>
        each
          .replace(/\/\*.*\*\//, '')
          .trim()
          .startsWith(`${before}[data-role-colour${role}] {`),
      ) ?? '';
    assert.match(rule(''), new RegExp(`--role: ${of.grey};\\s+--on-role: ${on};`));
    for (const [name, colour] of Object.entries(of))
      if (name !== 'grey') assert.ok(rule(`='${name}'`).includes(`--role: ${colour};`), `${theme} ${name}`);
  }
});
