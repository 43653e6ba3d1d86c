/**
 * Reads JSON texts of which many are the same, as the networks and recipes of cells are: each is read once, and equal
 * texts are one object.
 */
export function jsonReader(): (text: string) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, JSON.parse(text));
    return known.get(text);
  };
}

/** The other way round: an object that many cells share is written once. */
export function jsonWriter(): (value: object) => string {
  const known = new Map<object, string>();
  return (value) => {
    const text = known.get(value) ?? JSON.stringify(value);
    known.set(value, text);
    return text;
  };
}
