/** Registers this site with the directory, so that partners can invite it by its URL. */
import type { Claim } from '#core/protocol/directory';
import { protocolVersion } from '#core/protocol/envelope';
import { Refusal } from '../errors';
import { changeInstallation, ensureInstallation, ownFacts } from '../handshake/installation';
import type { Ports } from '../ports/ports';
import type { Installation } from '../rows/installation';
import { directoryKey, sendClaim } from './ask-directory';

/** Never asks more often than this, whoever calls. */
const pauseMs = 3_600_000;
/** A claim is renewed daily; the directory forgets it after a week without. */
const renewMs = 24 * 3_600_000;

/** Does nothing where no directory is configured or the claim is fresh. Failures are silent: the code works without. */
export async function registerSite(ports: Ports): Promise<void> {
  const directory = ports.endpoints.directory();
  if (directory === undefined) return;
  const now = ports.clock.now();
  const installation = await ensureInstallation(ports);
  if (installation.askedAt !== undefined && now - installation.askedAt < pauseMs) return;
  const facts = await ownFacts(ports).catch(unlessJiraIsAway);
  if (facts === undefined) return;
  if (isFresh(installation, { directory, ...facts }, now)) return;
  await changeInstallation(ports, (before) => ({ ...before, askedAt: now }));
  if (!(await register(ports, installation, facts))) return;
  const { siteUrl, endpoint } = facts;
  await changeInstallation(ports, (before) => ({
    ...before,
    registered: { at: now, directory, siteUrl, endpoint },
  }));
}

function unlessJiraIsAway(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

function isFresh(
  { registered }: Installation,
  facts: { directory: string; siteUrl: string; endpoint: string },
  now: number,
): boolean {
  return (
    registered !== undefined &&
    now - registered.at < renewMs &&
    registered.directory === facts.directory &&
    registered.siteUrl === facts.siteUrl &&
    registered.endpoint === facts.endpoint
  );
}

async function register(
  ports: Ports,
  installation: Installation,
  facts: { siteUrl: string; endpoint: string },
): Promise<boolean> {
  const key = await directoryKey(ports);
  const identity = key === undefined ? undefined : await ports.sealer.readIdentity(key);
  if (identity === undefined) return false;
  const claim: Claim = {
    v: protocolVersion,
    kind: 'claim',
    directory: identity.id,
    siteUrl: facts.siteUrl,
    endpoint: facts.endpoint,
    publicKey: installation.publicKey,
  };
  const sealed = await ports.sealer.seal(installation.keyName, identity.publicKey, JSON.stringify(claim));
  return sendClaim(ports, sealed);
}
