import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetchReason } from '../../../../fetch-reason.ts';

/** A file of a Python package, as an index offers it. */
export interface IndexFile {
  readonly name: string;
  readonly url: string;
  /** Hexadecimal; null where the index names none. */
  readonly sha256: string | null;
  readonly isYanked: boolean;
  /** What the index asks for, besides its address. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Why the index could not be asked, for people: pip may know how. */
export class IndexFailure extends Error {}

/** Milliseconds in which an index has to answer. */
const PATIENCE = 60_000;

const PYPI = 'https://pypi.org/simple';
const JSON_TYPE = 'application/vnd.pypi.simple.v1+json';
const HTML_TYPE = 'application/vnd.pypi.simple.v1+html';

/**
 * All files of a package that the indexes of pip's settings offer (PEP 503, PEP 691).
 * @throws IndexFailure where one of them does not answer, or pip is set to ask none
 */
export async function indexFiles(name: string, signal: AbortSignal | undefined): Promise<IndexFile[]> {
  const settings = pipSettings();
  if (isSet(settings['no-index'])) throw new IndexFailure('pip is set to ask no index');
  const indexes = [settings['index-url'] ?? PYPI, ...(settings['extra-index-url']?.split(/\s+/) ?? [])];
  const found = await Promise.all(
    indexes.filter(Boolean).map((index) => filesOf(`${index.replace(/\/+$/, '')}/${name}/`, signal)),
  );
  return found.flat();
}

async function filesOf(address: string, signal: AbortSignal | undefined): Promise<IndexFile[]> {
  const { url, headers } = withoutCredentials(address);
  try {
    const response = await fetch(url, {
      headers: { ...headers, accept: `${JSON_TYPE}, ${HTML_TYPE};q=0.2, text/html;q=0.1` },
      signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
    });
    // an index among several need not have the package
    if (response.status === 404) return [];
    if (!response.ok) throw new IndexFailure(`${url} answered ${response.status} ${response.statusText}`);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const files = isJson ? fromJson(text) : fromHtml(text);
    return files.map((file) => {
      const place = withoutCredentials(new URL(file.url, response.url).href);
      const isSame = new URL(place.url).origin === new URL(url).origin;
      return { ...file, url: place.url, headers: { ...(isSame ? headers : {}), ...place.headers } };
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof IndexFailure) throw error;
    throw new IndexFailure(`${url} could not be read (${fetchReason(error)})`, { cause: error });
  }
}

type Offered = Omit<IndexFile, 'headers'>;

interface JsonPage {
  readonly files: readonly {
    readonly filename: string;
    readonly url: string;
    readonly hashes?: Readonly<Record<string, string>>;
    readonly yanked?: boolean | string;
  }[];
}

function fromJson(text: string): Offered[] {
  const { files } = JSON.parse(text) as JsonPage;
  return files.map(({ filename, url, hashes, yanked }) => ({
    ...{ name: filename, url, sha256: hashes?.['sha256'] ?? null },
    isYanked: yanked !== undefined && yanked !== false,
  }));
}

function fromHtml(text: string): Offered[] {
  return [...text.matchAll(/<a\s([^>]*)>([^<]*)<\/a>/gi)].flatMap(([, attributes = '', name = '']) => {
    const address = /href\s*=\s*["']([^"']*)["']/i.exec(attributes)?.[1]?.replaceAll('&amp;', '&');
    if (address === undefined) return [];
    const [url = '', fragment = ''] = address.split('#');
    const sha256 = /(?:^|&)sha256=([0-9a-f]{64})/i.exec(fragment)?.[1]?.toLowerCase() ?? null;
    return [{ name: name.trim(), url, sha256, isYanked: /\bdata-yanked\b/i.test(attributes) }];
  });
}

/** `fetch` takes no address with a user and a password, as indexes of companies have. @throws IndexFailure for what is no address */
function withoutCredentials(address: string): { url: string; headers: Record<string, string> } {
  try {
    const url = new URL(address);
    const { username, password } = url;
    [url.username, url.password] = ['', ''];
    if (username === '' && password === '') return { url: url.href, headers: {} };
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return {
      url: url.href,
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
    };
  } catch (error) {
    // a folder, or a password with a percent sign; it may be a secret
    throw new IndexFailure('only pip can read the address of the index', { cause: error });
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !/^(0|no|false|off|)$/i.test(value);
}

type Settings = Readonly<Record<string, string>>;

/** pip's settings that say where packages come from: of its files, later ones first, and above all of the environment. */
function pipSettings(): Settings {
  const { PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, PIP_NO_INDEX } = process.env;
  const given = {
    'index-url': PIP_INDEX_URL,
    'extra-index-url': PIP_EXTRA_INDEX_URL,
    'no-index': PIP_NO_INDEX,
  };
  const ofEnvironment = Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.assign(
    {},
    ...settingsFiles().map(readSettings),
    Object.fromEntries(ofEnvironment),
  ) as Settings;
}

/** https://pip.pypa.io/en/stable/topics/configuration/ */
function settingsFiles(): string[] {
  const { PIP_CONFIG_FILE, XDG_CONFIG_HOME } = process.env;
  if (PIP_CONFIG_FILE === '/dev/null') return [];
  const home = homedir();
  const mac = join(home, 'Library', 'Application Support', 'pip', 'pip.conf');
  return [
    '/etc/xdg/pip/pip.conf',
    '/etc/pip.conf',
    ...(process.platform === 'darwin' ? ['/Library/Application Support/pip/pip.conf'] : []),
    join(home, '.pip', 'pip.conf'),
    process.platform === 'darwin' && existsSync(mac)
      ? mac
      : join(XDG_CONFIG_HOME ?? join(home, '.config'), 'pip', 'pip.conf'),
    ...(PIP_CONFIG_FILE ? [PIP_CONFIG_FILE] : []),
  ];
}

/** The sections for all commands and for downloads; a value may go on in lines that begin with a space. */
function readSettings(file: string): Settings {
  const settings: Record<string, Record<string, string>> = { global: {}, download: {} };
  let section: Record<string, string> | undefined;
  let key = '';
  for (const line of textOf(file).split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const begun = /^\[(.*)\]\s*$/.exec(line);
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (begun) [section, key] = [settings[begun[1] ?? ''], ''];
    else if (/^\s/.test(line) && section && key) section[key] = `${section[key]} ${line.trim()}`.trim();
    else if (pair && section)
      section[(key = (pair[1] ?? '').toLowerCase().replaceAll('_', '-'))] = pair[2] ?? '';
  }
  return { ...settings['global'], ...settings['download'] };
}

/** Empty where it is missing or cannot be read: pip passes over it, too. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
