import fs from 'node:fs';

/*
 * Parts of pages that a program writes: they stand between `<!-- NAME: … -->` and `<!-- /NAME -->`.
 */

function patternOf(name: string): RegExp {
  return new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)(.*)(<!-- /${name} -->)`, 's');
}

/** What a page has there now; empty where it has no such place. */
export function markedPart(text: string, name: string): string {
  return patternOf(name).exec(text)?.[2] ?? '';
}

/** @throws Error where a page has no such place */
export function withMarkedPart(text: string, name: string, part: string): string {
  const pattern = patternOf(name);
  if (!pattern.test(text)) throw new Error(`there is no place for ${name}`);
  return text.replace(
    pattern,
    (_, start: string, _before: string, end: string) => `${start}\n${part}\n\n${end}`,
  );
}

/** Writes a part anew. @throws Error where the page has no such place */
export async function writeMarkedPart(page: string, name: string, part: string): Promise<void> {
  const text = withMarkedPart(fs.readFileSync(page, 'utf8'), name, part);
  fs.writeFileSync(page, await formatted(text, page));
}

/** In the style of this repository; as it is where packages that only develop the program were left out, as on a machine to which they were not carried. */
export async function formatted(text: string, file: string): Promise<string> {
  const prettier = await import('prettier').catch(() => null);
  if (prettier === null) return text;
  const { format, resolveConfig } = prettier;
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
