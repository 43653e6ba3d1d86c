/** Reads CSV (RFC 4180): rows by the names in its first line. */
export function readCsv(bytes: Uint8Array): Record<string, string>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const fields = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/gy;
  for (const [, quoted, plain, end] of Buffer.from(bytes).toString().matchAll(fields)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  const [head = [], ...body] = rows;
  return body.map((values) => {
    if (values.length !== head.length) throw new Error(`${values.length} fields, not ${head.length}`);
    return Object.fromEntries(head.map((name, index) => [name, values[index] ?? '']));
  });
}
