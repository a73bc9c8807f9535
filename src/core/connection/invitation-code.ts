/** Invitation code: what a person carries to the partner. It holds all that the partner needs to prove both ends. */
import { z } from 'zod';
import { hashText } from '../protocol/hash';
import { isEndpoint } from './endpoint';

const version = 1;

/** A parsed invitation is a type of its own, so that later code cannot hold half of one. */
const invitationSchema = z.object({
  v: z.literal(version),
  /** Id of the connection. */
  link: z.string().regex(/^[a-z0-9]{16,64}$/),
  endpoint: z.string().refine(isEndpoint),
  /** SHA-256 of the inviter's key: nobody on the way can put in another. */
  inviterKeyHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Proves to the inviter that the joiner was given this code; 128 bits as hex. */
  secret: z.string().regex(/^[0-9a-f]{32}$/),
  /** The only site that may use the code. */
  expectedSite: z.string().max(255),
  from: z.object({ url: z.string().max(255), title: z.string().max(255) }),
  name: z.string().min(1).max(255),
  /** Milliseconds since the epoch by the inviter's clock: a hint, the inviter decides. */
  expires: z.number().int().positive(),
});
export type Invitation = z.infer<typeof invitationSchema>;

/** `isx1.<base64url>.<checksum>`: the checksum tells a damaged copy from a text that is no code at all. */
export function printInvitation(invitation: Invitation): string {
  const payload = toBase64url(JSON.stringify(invitation));
  return `isx${version}.${payload}.${checksum(payload)}`;
}

/** Expected outcomes, each with what to tell the admin. */
export type ParsedInvitation =
  | { ok: true; invitation: Invitation }
  | { ok: false; why: 'notACode' | 'damaged' | 'newer'; message: string };

const messages = {
  notACode:
    'This is not an invitation. Copy the whole text that begins with "isx1." from the message of your partner.',
  damaged:
    'The invitation is damaged: a part of it is missing or was changed on the way. Copy it again, from its first to its last letter, or ask for the file.',
  newer:
    'The invitation was made by a newer version of this app. Update the app on this site, then paste it again.',
} as const;

const longest = 20_000;

/** Reads a pasted text: line breaks of mail programs and words before and after the code do no harm. */
export function parseInvitation(pasted: string): ParsedInvitation {
  const text = pasted.slice(0, longest).replace(/\s+/g, '');
  const start = /isx(\d{1,4})\./.exec(text);
  if (start === null) return refuse('notACode');
  if (Number(start[1]) > version) return refuse('newer');
  const match = /isx1\.([A-Za-z0-9_-]{1,10000})\.([0-9a-f]{8})/.exec(text);
  const [, payload = '', sum = ''] = match ?? [];
  if (match === null || checksum(payload) !== sum) return refuse('damaged');
  const parsed = invitationSchema.safeParse(fromBase64url(payload));
  return parsed.success ? { ok: true, invitation: parsed.data } : refuse('damaged');
}

function refuse(why: 'notACode' | 'damaged' | 'newer'): ParsedInvitation {
  return { ok: false, why, message: messages[why] };
}

function checksum(payload: string): string {
  return hashText(`concord invitation ${payload}`).slice(0, 8);
}

function toBase64url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(payload: string): unknown {
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
