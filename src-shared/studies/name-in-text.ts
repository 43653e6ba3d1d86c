/** The name that a study file gives, also one with mistakes or half written; empty where it gives none. */
export function nameInText(text: string): string {
  const [, value = ''] = /^study:[ \t]*(.*?)[ \t]*(?:[ \t]#.*)?$/m.exec(text) ?? [];
  return value.replace(/^(["'])(.*)\1$/, '$2');
}
