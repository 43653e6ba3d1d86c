/** Why `fetch` did not get an answer, or not the whole of one, for people: of the system where it tells. */
export function fetchReason(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: string; readonly message?: string } };
  return cause?.code ?? cause?.message ?? (error instanceof Error ? error.message : String(error));
}
