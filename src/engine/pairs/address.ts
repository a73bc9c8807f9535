/** Where an issue of this site is, as people of the partner follow it. */
import { ensureInstallation } from '../handshake/installation';
import type { Session } from '../stream/session';

/** Key and browse URL. Undefined while this site's own address is not known. */
export async function issueAddress(
  session: Session,
  key: string,
): Promise<{ key: string; url: string } | undefined> {
  const url = await siteUrl(session);
  return url === undefined ? undefined : { key, url: `${url}/browse/${key}` };
}

async function siteUrl(session: Session): Promise<string | undefined> {
  const installation = await ensureInstallation(session.ports);
  if (installation.site !== undefined) return installation.site.url;
  const info = await session.ports.site.info();
  return info.ok ? info.value.url : undefined;
}
