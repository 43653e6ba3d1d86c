import { openClient } from '../application/open-client.ts';
import { openToRead } from '../open-to-read.ts';
import { printAsIs, printJson } from '../output.ts';

export interface TagOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly json?: boolean;
}

/** Prints the tags of a study, or adds and removes some first. @throws Problem `not-found`, `usage` for a tag that is too long, and those of the store */
export async function studyTags(
  storeFile: string,
  name: string,
  { add = [], remove = [], json = false }: TagOptions,
): Promise<void> {
  const tags =
    add.length + remove.length === 0
      ? knownTags(storeFile, name)
      : await changed(storeFile, name, add, remove);
  if (json) printJson(tags);
  else if (tags.length === 0) console.error(`kindling: ${name} has no tags.`);
  else for (const tag of tags) printAsIs(tag);
}

function knownTags(storeFile: string, name: string): readonly string[] {
  const store = openToRead(storeFile);
  try {
    return store.study(name).tags;
  } finally {
    store.close();
  }
}

async function changed(
  storeFile: string,
  study: string,
  addTags: readonly string[],
  removeTags: readonly string[],
): Promise<readonly string[]> {
  const client = await openClient(storeFile, '`kindling study tag`');
  try {
    const tags = { addTags: [...addTags], removeTags: [...removeTags] };
    return (await client.request('studies.tag', { study, ...tags })).tags;
  } finally {
    await client.close();
  }
}
