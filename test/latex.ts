import { spawnSync } from 'node:child_process';

/** Why a test that typesets by pdflatex is skipped; false where it and the files that it needs are installed. */
export function withoutLatex(...files: readonly string[]): string | false {
  if (spawnSync('pdflatex', ['--version']).status !== 0) return 'there is no pdflatex';
  const missing = files.filter((file) => spawnSync('kpsewhich', [file]).status !== 0);
  return missing.length === 0 ? false : `pdflatex has no ${missing.join(', ')}`;
}
