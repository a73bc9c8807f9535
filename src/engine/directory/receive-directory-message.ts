/** The directory's door: answers only in the installation that is the directory; keeps claims, decides nothing. */
import { parsePartnerUrl } from '#core/connection/partner-url';
import { type Claim, claimSchema, directoryRequestSchema } from '#core/protocol/directory';
import { protocolVersion } from '#core/protocol/envelope';
import { ensureInstallation } from '../handshake/installation';
import type { Ports } from '../ports/ports';
import { type Claims, claimKey, claimsSchema } from '../rows/claim';

const longestBody = 100_000;
/** Rivals per site that are kept: more would only help whoever wants to fill the store. */
const mostClaims = 5;
/** A claim that was not renewed for a week no longer counts: an app that was removed must not be its successor's rival. */
const lifeMs = 7 * 86_400_000;

export interface HttpAnswer {
  status: number;
  body: string;
}

const nothing: HttpAnswer = { status: 404, body: '' };

/** Anything that is not understood gets the same empty answer. */
export async function receiveDirectoryMessage(ports: Ports, request: { body: string }): Promise<HttpAnswer> {
  if (request.body.length > longestBody || !(await ports.endpoints.isDirectory())) return nothing;
  const parsed = directoryRequestSchema.safeParse(parseJson(request.body));
  if (!parsed.success) return nothing;
  const message = parsed.data;
  switch (message.kind) {
    case 'whoAreYou': {
      const { publicKey } = await ensureInstallation(ports);
      return answer({ publicKey });
    }
    case 'resolve': {
      const site = parsePartnerUrl(message.siteUrl, undefined);
      if (!site.ok) return answer({ claims: [] });
      const claims = freshOnes(await readClaims(ports, site.url), ports.clock.now());
      return answer({ claims: claims.map(({ endpoint, publicKey }) => ({ endpoint, publicKey })) });
    }
    case 'register':
      return answer({ result: (await takeClaim(ports, message.sealed)) ? 'registered' : 'refused' });
  }
}

/** Signed by the claimed key and made for this directory: nobody can claim with a key that is not theirs. */
async function takeClaim(ports: Ports, sealed: string): Promise<boolean> {
  const { keyName, keyId } = await ensureInstallation(ports);
  const opened = await ports.sealer.openFirst(keyName, sealed, (text) => readClaim(text)?.publicKey);
  if (!opened.ok || opened.sender === undefined) return false;
  const claim = readClaim(opened.text);
  const site = claim === undefined ? undefined : parsePartnerUrl(claim.siteUrl, undefined);
  if (claim === undefined || claim.directory !== keyId || site?.ok !== true) return false;
  return storeClaim(ports, site.url, { ...opened.sender, endpoint: claim.endpoint });
}

async function storeClaim(
  ports: Ports,
  siteUrl: string,
  facts: { id: string; publicKey: string; endpoint: string },
): Promise<boolean> {
  for (;;) {
    const at = ports.clock.now();
    const key = claimKey(siteUrl);
    const row = await ports.store.get('claim', key);
    const stored = row === undefined ? { claims: [] } : claimsSchema.parse(row.body);
    const others = freshOnes(stored, at).filter((claim) => claim.keyId !== facts.id);
    if (others.length >= mostClaims) return false;
    const own = { keyId: facts.id, publicKey: facts.publicKey, endpoint: facts.endpoint, at };
    const written = await ports.store.transact([
      {
        op: 'set',
        table: 'claim',
        key,
        body: { claims: [...others, own] },
        group: 'claims',
        rank: siteUrl,
        if: row === undefined ? { absent: true } : { rev: row.rev },
      },
    ]);
    if (written === 'done') return true;
  }
}

async function readClaims(ports: Ports, siteUrl: string): Promise<Claims> {
  const row = await ports.store.get('claim', claimKey(siteUrl));
  return row === undefined ? { claims: [] } : claimsSchema.parse(row.body);
}

function freshOnes({ claims }: Claims, now: number): Claims['claims'] {
  return claims.filter((claim) => now - claim.at < lifeMs);
}

function readClaim(text: string): Claim | undefined {
  const parsed = claimSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

function answer(content: Record<string, unknown>): HttpAnswer {
  return { status: 200, body: JSON.stringify({ v: protocolVersion, ...content }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
