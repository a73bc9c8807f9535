/** Makes ids for slots out of names: readable, unique within their list, and the same every time. */

const longest = 40;

/** A maker for one list; `fallback` is used where a name has no letters of the Latin alphabet. */
export function slotNames(fallback: string): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const base = slug(name) || fallback;
    let id = base;
    for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
    taken.add(id);
    return id;
  };
}

/** Lower-case letters, digits and hyphens only. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '');
}
