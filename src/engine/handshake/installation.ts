/** Installation: the identity of this app on this site, made once, and the facts by which partners know it. */
import type { SiteFacts } from '#core/protocol/handshake';
import { jiraRefusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Row } from '../ports/store';
import { type Installation, installationRowKey, installationSchema } from '../rows/installation';

/** Reads the installation row and makes it where there is none. */
export async function ensureInstallation(ports: Ports): Promise<Installation> {
  const row = await ports.store.get('registry', installationRowKey);
  if (row !== undefined) return installationSchema.parse(row.body);
  // Two first calls may race: each makes a key under a name of its own, and the loser's is thrown away.
  const keyName = `installation:${ports.random.id(8)}`;
  const identity = await ports.sealer.createIdentity(keyName);
  const made: Installation = { keyName, keyId: identity.id, publicKey: identity.publicKey };
  if (await writeInstallation(ports, made, undefined)) return made;
  await ports.sealer.destroy(keyName);
  return ensureInstallation(ports);
}

/** Changes the row; what another call changed meanwhile stays. */
export async function changeInstallation(
  ports: Ports,
  change: (before: Installation) => Installation,
): Promise<Installation> {
  await ensureInstallation(ports);
  for (;;) {
    const row = await ports.store.get('registry', installationRowKey);
    if (row === undefined) throw new Error('The installation row vanished.');
    const after = change(installationSchema.parse(row.body));
    if (await writeInstallation(ports, after, row)) return after;
  }
}

/** Asks Jira about this site and remembers the answer. */
export async function refreshSite(ports: Ports): Promise<{ url: string; id: string; title: string }> {
  const info = await ports.site.info();
  if (!info.ok) throw jiraRefusal(info.failure);
  const site = { url: info.value.url, id: info.value.id, title: info.value.title };
  const known = (await ensureInstallation(ports)).site;
  if (JSON.stringify(known) !== JSON.stringify(site)) {
    await changeInstallation(ports, (before) => ({ ...before, site }));
  }
  return site;
}

/** What partners are told of this site. */
export async function ownFacts(ports: Ports): Promise<SiteFacts> {
  const site = (await ensureInstallation(ports)).site ?? (await refreshSite(ports));
  return { endpoint: await ports.endpoints.partner(), siteUrl: site.url, siteId: site.id, title: site.title };
}

async function writeInstallation(ports: Ports, body: Installation, row: Row | undefined): Promise<boolean> {
  const written = await ports.store.transact([
    {
      op: 'set',
      table: 'registry',
      key: installationRowKey,
      body,
      group: 'installation',
      rank: installationRowKey,
      if: row === undefined ? { absent: true } : { rev: row.rev },
    },
  ]);
  return written === 'done';
}
