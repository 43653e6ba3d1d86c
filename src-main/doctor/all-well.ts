import type { Check } from '../../src-shared/contract/api/settings.ts';

export function allWell(name: string, message: string): Check {
  return { name, state: 'ok', message, remedy: null };
}
