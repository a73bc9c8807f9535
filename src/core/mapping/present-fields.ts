/** What an issue holds, in the short form in which Jira takes it back: for screens that demand fields which are filled in. */

/** Empty fields are left out. */
export function presentFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(fields)) {
    const isEmpty = value === null || value === undefined || value === '';
    if (!isEmpty && !(Array.isArray(value) && value.length === 0)) present[id] = reference(value);
  }
  return present;
}

/** Options, versions, people: by their id alone. Documents and plain values stay as they are. */
function reference(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reference);
  if (typeof value !== 'object' || value === null) return value;
  if ('accountId' in value) return { accountId: value.accountId };
  return 'id' in value ? { id: value.id } : value;
}
