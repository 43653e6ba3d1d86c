import type { GivenSettings } from '../../../src-shared/analysis/settings.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

/** What `--set` and the count of images say. @throws Problem `usage` for what is no setting with a value */
export function saidSettings(set: readonly string[], images: number | null): GivenSettings {
  const settings = set.map((text) => {
    const equals = text.indexOf('=');
    if (equals > 0) return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] as const;
    throw new Problem(
      'usage',
      `--set ${text}: write it as name=value or method.name=value; \`kindling analyze --list\` lists the settings.`,
    );
  });
  return { ...(images === null ? {} : { images }), ...Object.fromEntries(settings) };
}
