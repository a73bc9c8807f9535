/** Personal access tokens: people make, list and revoke their own; a program sends one as `Authorization: Bearer`. */
import { createHash } from 'node:crypto';
import { refuse } from '../jira/problem';
import { type Call, created, NO_CONTENT, ok, type Route, route } from '../jira/router';
import type { Store } from '../jira/store';
import { newUuid, requireUser } from '../jira/world';
import { readBodyRecord } from './read-record';
import type { AccessTokenRow } from './tables';

const DAY_MS = 86_400_000;
/** Jira's default number of tokens per person. */
const TOKENS_PER_USER = 10;

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The account whose valid token this is. */
export function tokenOwner(store: Store, token: string, now: number): string | undefined {
  const row = store.accessTokens.by('hash', hashOf(token))[0];
  if (row === undefined || (row.expires !== undefined && row.expires <= now)) return undefined;
  return store.users.get(row.userId)?.active === true ? row.userId : undefined;
}

export const accessTokenRoutes: readonly Route[] = [
  route('GET /rest/pat/latest/tokens', (call) =>
    ok(call.store.accessTokens.by('user', requireUser(call).id).map(render)),
  ),
  route('GET /rest/pat/latest/tokens/{tokenId}', (call) => ok(render(ownToken(call)))),
  route('POST /rest/pat/latest/tokens', createToken),
  route('DELETE /rest/pat/latest/tokens/{tokenId}', (call) => {
    call.store.accessTokens.remove(ownToken(call).id);
    return NO_CONTENT;
  }),
];

function createToken(call: Call) {
  const me = requireUser(call);
  const body = readBodyRecord(call, ['name', 'expirationDuration']);
  const name = body['name'];
  const days = body['expirationDuration'];
  if (typeof name !== 'string' || name.trim() === '') throw refuse(400, 'The token name is required.');
  if (
    days !== undefined &&
    days !== null &&
    (typeof days !== 'number' || !Number.isInteger(days) || days < 1)
  ) {
    throw refuse(400, 'The expiration duration must be a positive number of days.');
  }
  if (call.store.accessTokens.by('user', me.id).length >= TOKENS_PER_USER) {
    throw refuse(400, `You cannot have more than ${TOKENS_PER_USER} tokens.`);
  }
  const rawToken = Buffer.from(`${newUuid(call.world.random)}${newUuid(call.world.random)}`)
    .toString('base64')
    .slice(0, 44);
  const row = call.store.accessTokens.put({
    id: call.store.nextId('accessToken'),
    userId: me.id,
    name,
    hash: hashOf(rawToken),
    created: call.now,
    ...(typeof days === 'number' ? { expires: call.now + days * DAY_MS } : {}),
  });
  return created({ ...render(row), rawToken });
}

/** Somebody else's token is as good as none. */
function ownToken(call: Call): AccessTokenRow {
  const row = call.store.accessTokens.get(call.params['tokenId']);
  if (row === undefined || row.userId !== requireUser(call).id)
    throw refuse(404, 'The token does not exist.');
  return row;
}

function render(row: AccessTokenRow): Record<string, unknown> {
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    id: Number(row.id),
    name: row.name,
    createdAt: at(row.created),
    ...(row.expires === undefined ? {} : { expiringAt: at(row.expires) }),
    ...(row.lastUsed === undefined ? {} : { lastAccessedAt: at(row.lastUsed) }),
  };
}
