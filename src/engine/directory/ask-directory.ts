/** Asks the directory: its key, who claims a site, and our own claim. A directory helps to find; it proves nothing. */
import type { z } from 'zod';
import { isEndpoint } from '#core/connection/endpoint';
import { directoryKeySchema, registeredSchema, resolvedSchema } from '#core/protocol/directory';
import { protocolVersion } from '#core/protocol/envelope';
import type { Ports } from '../ports/ports';

/** Who says that it is the site. `none`: nobody registered it; `rivals`: several keys claim it. */
export type Resolution =
  | { kind: 'one'; endpoint: string; publicKey: string; keyId: string }
  | { kind: 'none' | 'rivals' | 'unreachable' };

/** Finds the installation of a site. */
export async function resolveSite(ports: Ports, siteUrl: string): Promise<Resolution> {
  const answer = await ask(ports, { kind: 'resolve', siteUrl }, resolvedSchema);
  if (answer === undefined) return { kind: 'unreachable' };
  const claims = new Map<string, { endpoint: string; publicKey: string; keyId: string }>();
  for (const claim of answer.claims) {
    const identity = await ports.sealer.readIdentity(claim.publicKey);
    if (identity === undefined || !isEndpoint(claim.endpoint)) continue;
    claims.set(identity.id, { endpoint: claim.endpoint, publicKey: identity.publicKey, keyId: identity.id });
  }
  const [first, ...others] = claims.values();
  if (first === undefined) return { kind: 'none' };
  return others.length > 0 ? { kind: 'rivals' } : { kind: 'one', ...first };
}

/** The directory's own key, asked anew each time: nothing is pinned, because nothing is believed. */
export async function directoryKey(ports: Ports): Promise<string | undefined> {
  const answer = await ask(ports, { kind: 'whoAreYou' }, directoryKeySchema);
  return answer?.publicKey;
}

/** True when the directory took the claim. */
export async function sendClaim(ports: Ports, sealed: string): Promise<boolean> {
  const answer = await ask(ports, { kind: 'register', sealed }, registeredSchema);
  return answer?.result === 'registered';
}

async function ask<S extends z.ZodType>(
  ports: Ports,
  request: { kind: string } & Record<string, string>,
  schema: S,
): Promise<z.output<S> | undefined> {
  const address = ports.endpoints.directory();
  if (address === undefined || !isEndpoint(address)) return undefined;
  const answer = await ports.transport.send(address, JSON.stringify({ v: protocolVersion, ...request }));
  if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(answer.body));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
