import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PAGE_LICENCES } from '../vite.config.ts';

/** Where `writeThirdPartyLicences` writes, from the root; electron-builder.yml copies it into packages. */
export const LICENCES_FILE = path.join('dist', 'THIRD-PARTY-LICENCES.md');

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
    }),
  ),
});
const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
/** What Vite says of a package that it built into the page. */
const bundledSchema = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().nullish(),
    text: z.string().nullish(),
  }),
);

interface Licence {
  readonly package: string;
  /** SPDX expression. */
  readonly identifier: string;
  /** Null where the package holds none. */
  readonly text: string | null;
}

/**
 * Writes the list of what a package of Kindling contains of others: the packages that the program loads, which lie in
 * node_modules, and those built into the page, which must be there (`ensurePage`).
 *
 * Both lists are at hand, from npm's lockfile and from Vite; the libraries that make such files bring 180 packages of
 * their own.
 * @returns absolute path of the file
 */
export function writeThirdPartyLicences(root: string): string {
  const all = [...bundledLicences(root), ...installedLicences(root)];
  const unique = new Map(all.map((licence) => [licence.package, licence]));
  const sorted = [...unique.values()].sort((a, b) => a.package.localeCompare(b.package, 'en'));
  const file = path.join(root, LICENCES_FILE);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, document(sorted));
  return file;
}

function bundledLicences(root: string): readonly Licence[] {
  const file = path.join(root, 'dist', 'renderer', PAGE_LICENCES);
  const bundled = bundledSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return bundled.map(({ name, version, identifier, text }) => ({
    package: `${name} ${version}`,
    identifier: identifier ?? 'see its text',
    text: text ?? null,
  }));
}

/** Of packages for other platforms, which npm does not install, the one for this platform stands for all. */
function installedLicences(root: string): readonly Licence[] {
  const { packages } = lockfileSchema.parse(
    JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')),
  );
  return Object.entries(packages).flatMap(([folder, { dev, devOptional }]) => {
    const manifest = path.join(root, folder, 'package.json');
    if (folder === '' || dev === true || devOptional === true || !existsSync(manifest)) return [];
    const { name, version, license } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
    const text = licenceText(path.join(root, folder));
    return [{ package: `${name} ${version}`, identifier: license ?? 'see its text', text }];
  });
}

function licenceText(folder: string): string | null {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map(({ name }) => name);
  if (files.length === 0) return null;
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
}

function document(licences: readonly Licence[]): string {
  const sections = licences.map(({ package: name, identifier, text }) => {
    const body = text === null ? 'The package holds no text of it.' : `\`\`\`\`text\n${text}\n\`\`\`\``;
    return `## ${name}\n\nLicence: ${identifier}\n\n${body}\n`;
  });
  const head = `# Third-party licences\n\nWhat this package of Kindling contains of others: ${licences.length} packages.\n`;
  return [head, ...sections].join('\n');
}
