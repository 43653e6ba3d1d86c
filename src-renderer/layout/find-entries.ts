/** The kinds of what the palette finds, in the order in which they stand. */
export const ENTRY_GROUPS = ['Pages', 'Studies', 'Data sets', 'Actions', 'Runs'] as const;

/** Those of which there are entries before anything is typed. */
const AT_FIRST: readonly PaletteEntry['group'][] = ['Pages', 'Studies'];

export interface PaletteEntry {
  /** Another for each entry. */
  readonly id: string;
  readonly group: (typeof ENTRY_GROUPS)[number];
  readonly title: string;
  readonly about: string;
  /** Goes there, or does it. */
  readonly begin: () => void;
}

/**
 * The entries that hold every word, in any case and anywhere in title or description: by group, and in each those whose title alone
 * holds them before the others. Without words those of pages and studies.
 *
 * @param most of each group, and of all twice as many
 */
export function findEntries(entries: Iterable<PaletteEntry>, words: string, most: number): PaletteEntry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string): boolean => wanted.every((word) => text.toLowerCase().includes(word));
  const found = new Map(ENTRY_GROUPS.map((group) => [group, { called: none(), other: none() }]));
  for (const entry of entries) {
    const of = found.get(entry.group);
    if (!of || (wanted.length === 0 && !AT_FIRST.includes(entry.group))) continue;
    if (holds(entry.title)) {
      if (of.called.length < most) of.called.push(entry);
    } else if (of.other.length < most && holds(`${entry.title} ${entry.about}`)) {
      of.other.push(entry);
    }
  }
  return [...found.values()]
    .flatMap(({ called, other }) => [...called, ...other].slice(0, most))
    .slice(0, 2 * most);
}

const none = (): PaletteEntry[] => [];
