/** A name for a synchronization that nobody has named yet: after its partner. */

/** Undefined while the address is not one of a cloud site. */
export function suggestedName(partnerUrl: string): string | undefined {
  const host = /^https:\/\/([a-z0-9-]+)\.atlassian\.net/i.exec(partnerUrl.trim())?.[1];
  return host === undefined ? undefined : `With ${host.charAt(0).toUpperCase()}${host.slice(1)}`;
}

/** The inviter's suggestion names this site, which says nothing here; a name that somebody chose is kept. */
export function receivedName(name: string, partnerUrl: string): string {
  return name.startsWith('With ') ? (suggestedName(partnerUrl) ?? name) : name;
}
