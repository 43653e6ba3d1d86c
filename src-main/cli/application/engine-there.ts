import type { Client } from './client.ts';

/**
 * Which engine computes in another's application is that program's affair: it is said where this one was told of another.
 *
 * @returns `with tensorflow-cpu whatever KINDLING_ENGINE says here`; null where there is nothing to say
 */
export async function engineThere(client: Pick<Client, 'request' | 'host'>): Promise<string | null> {
  const wanted = process.env['KINDLING_ENGINE'];
  if (client.host === null || !wanted) return null;
  const { engine } = await client.request('application.state', {});
  return wanted === engine ? null : `with ${engine ?? 'no engine'}, whatever KINDLING_ENGINE is here`;
}
