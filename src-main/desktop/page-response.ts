import { readFile } from 'node:fs/promises';
import { CONTENT_SECURITY_POLICY } from '../api/content-security-policy.ts';
import { findPageFile } from '../api/page-file.ts';
import { isPageAddress } from './page-address.ts';

/**
 * What `app://kindling/…` answers: a file of the built page, or 404. Nothing outside of the page's folder is ever read.
 * @param folder of the built page
 */
export async function pageResponse(folder: string, { method, url }: Request): Promise<Response> {
  if (method !== 'GET') return refusal(405);
  if (!isPageAddress(url)) return refusal(404);
  const found = findPageFile(folder, new URL(url).pathname);
  if (found === null) return refusal(404);
  return new Response(await readFile(found.file), {
    headers: { ...SECURITY, 'Content-Type': found.mediaType },
  });
}

const SECURITY = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
} as const;

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY });
}
