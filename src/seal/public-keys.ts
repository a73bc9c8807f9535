/** Public keys of partners: parsed once, accepted only in the one profile that all programs of this protocol share. */
import { createHash } from 'node:crypto';
import type { PublicKey } from 'openpgp';
import type { Identity } from '#engine/ports/world';
import { completeProfile, openpgp, profile } from './openpgp';

const longestKeyText = 10_000;
const mostSubkeys = 4;
/** Parsing costs as much as sealing. Public keys only, found by the hash of their text; nothing of a tenant is told apart here. */
const parsed = new Map<string, PublicKey>();
const mostParsed = 200;

/** The parsed key, or undefined when it is not acceptable. */
export async function parsePublicKey(text: string): Promise<PublicKey | undefined> {
  if (text.length > longestKeyText) return undefined;
  const hash = createHash('sha256').update(text).digest('hex');
  const known = parsed.get(hash);
  if (known !== undefined) return known;
  const key = await parseOne(text);
  if (key === undefined || !(await isAcceptable(key))) return undefined;
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(hash, key);
  return key;
}

/** Id and text of a key, as the protocol names it: SHA-256 of the body of the primary public key packet. */
export function identityOf(key: PublicKey): Identity {
  const id = createHash('sha256').update(key.keyPacket.write()).digest('hex');
  return { id, publicKey: key.armor(completeProfile) };
}

async function parseOne(text: string): Promise<PublicKey | undefined> {
  try {
    const keys = await openpgp.readKeys({ armoredKeys: text, config: profile });
    const [key, ...others] = keys;
    return key === undefined || others.length > 0 || key.isPrivate() ? undefined : key;
  } catch {
    return undefined;
  }
}

/** Version 4, Ed25519 that signs, Curve25519 that encrypts, both in the encoding GnuPG knows; no expiry, not revoked. */
async function isAcceptable(key: PublicKey): Promise<boolean> {
  const primary = key.getAlgorithmInfo();
  const encryption = key.subkeys.map((subkey) => subkey.getAlgorithmInfo());
  const profileFits =
    key.keyPacket.version === 4 &&
    primary.algorithm === 'eddsaLegacy' &&
    primary.curve === 'ed25519Legacy' &&
    encryption.length >= 1 &&
    encryption.length <= mostSubkeys &&
    encryption.every((info) => info.algorithm === 'ecdh' && info.curve === 'curve25519Legacy');
  if (!profileFits) return false;
  try {
    // A key with an expiry date would make the connection depend on clocks.
    if ((await key.getExpirationTime()) !== Number.POSITIVE_INFINITY) return false;
    const date = new Date(key.getCreationTime().getTime() + 1_000);
    await key.verifyPrimaryKey(date, undefined, completeProfile);
    await key.getEncryptionKey(undefined, date, undefined, completeProfile);
    return true;
  } catch {
    return false;
  }
}
