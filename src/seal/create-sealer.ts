/** The Sealer port over OpenPGP: always signed and encrypted; private keys come from the secret store and go after each call. */
import type { Message, PrivateKey, PublicKey } from 'openpgp';
import type { SecretStore } from '#engine/ports/store';
import type { Clock, Identity, OpenedSeal, Sealer } from '#engine/ports/world';
import { openpgp, profile } from './openpgp';
import { packPayload, unpackPayload } from './payload';
import { identityOf, parsePublicKey } from './public-keys';

const dayMs = 86_400_000;
/** Base64 characters; larger messages are refused before any cryptography. */
const longestSealed = 5_000_000;

interface SealerParts {
  secrets: SecretStore;
  clock: Clock;
}

/** Private keys are kept under `keyName` as armored text; the platform encrypts the secret store. */
export function createSealer(parts: SealerParts): Sealer {
  return {
    createIdentity: (keyName) => createIdentity(parts, keyName),
    async readIdentity(publicKey) {
      const key = await parsePublicKey(publicKey);
      return key === undefined ? undefined : identityOf(key);
    },
    seal: (keyName, partnerKey, text) => seal(parts, keyName, partnerKey, text),
    async open(keyName, partnerKey, sealed) {
      const own = await findPrivateKey(parts.secrets, keyName);
      return own === undefined ? { ok: false, why: 'notForMe' } : openSigned(own, partnerKey, sealed);
    },
    async openFirst(keyName, sealed, senderKey) {
      const own = await findPrivateKey(parts.secrets, keyName);
      return own === undefined ? { ok: false, why: 'notForMe' } : openFirst(own, sealed, senderKey);
    },
    destroy: (keyName) => parts.secrets.delete(keyName),
  };
}

/** The key is dated one day back, so that a partner whose clock is behind can use it; it never expires. */
async function createIdentity(parts: SealerParts, keyName: string): Promise<Identity> {
  const { privateKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Concord connection' }],
    keyExpirationTime: 0,
    date: new Date(parts.clock.now() - dayMs),
    format: 'object',
    config: profile,
  });
  await parts.secrets.set(keyName, privateKey.armor());
  return identityOf(privateKey.toPublic());
}

async function seal(parts: SealerParts, keyName: string, partnerKey: string, text: string): Promise<string> {
  const own = await requirePrivateKey(parts.secrets, keyName);
  const partner = await parsePublicKey(partnerKey);
  if (partner === undefined) throw new Error(`The partner's key for ${keyName} is not acceptable.`);
  // Sealing for a key "from the future" fails: the date never precedes either key.
  const newestKey = Math.max(+partner.getCreationTime(), +own.getCreationTime());
  const bytes = await openpgp.encrypt({
    message: await openpgp.createMessage({ binary: packPayload(text) }),
    encryptionKeys: [partner],
    signingKeys: own,
    format: 'binary',
    config: profile,
    date: new Date(Math.max(parts.clock.now(), newestKey + 1_000)),
  });
  return Buffer.from(bytes).toString('base64');
}

async function openSigned(own: PrivateKey, partnerKey: string, sealed: string): Promise<OpenedSeal> {
  const partner = await parsePublicKey(partnerKey);
  if (partner === undefined) return { ok: false, why: 'stranger' };
  const opened = await decrypt(own, [partner], sealed);
  if (!opened.ok) return opened;
  const signature = opened.signatures[0];
  if (signature === undefined || opened.signatures.length !== 1) return { ok: false, why: 'stranger' };
  try {
    await signature.verified;
  } catch {
    return { ok: false, why: 'stranger' };
  }
  return { ok: true, text: opened.text };
}

/** Reads who claims to be the sender, then opens again, now under exactly that key. */
async function openFirst(
  own: PrivateKey,
  sealed: string,
  senderKey: (text: string) => string | undefined,
): Promise<OpenedSeal & { sender?: Identity }> {
  const unverified = await decrypt(own, [], sealed);
  if (!unverified.ok) return unverified;
  const claimed = senderKey(unverified.text);
  const key = claimed === undefined ? undefined : await parsePublicKey(claimed);
  if (claimed === undefined || key === undefined) return { ok: false, why: 'stranger' };
  const opened = await openSigned(own, claimed, sealed);
  return opened.ok ? { ...opened, sender: identityOf(key) } : opened;
}

interface Decrypted {
  ok: true;
  text: string;
  signatures: { verified: Promise<unknown> }[];
}

async function decrypt(
  own: PrivateKey,
  verificationKeys: PublicKey[],
  sealed: string,
): Promise<Decrypted | { ok: false; why: 'notForMe' | 'broken' | 'tooBig' }> {
  if (sealed.length > longestSealed) return { ok: false, why: 'tooBig' };
  const message = await readMessage(sealed);
  if (message === undefined) return { ok: false, why: 'broken' };
  const ownIds = own.getKeyIDs().map((id) => id.toHex());
  if (!message.getEncryptionKeyIDs().some((id) => ownIds.includes(id.toHex()))) {
    return { ok: false, why: 'notForMe' };
  }
  try {
    // No date: a partner whose clock is ahead must not stop the connection; order comes from sequence numbers.
    const { data, signatures } = await openpgp.decrypt({
      message,
      decryptionKeys: own,
      verificationKeys,
      format: 'binary',
      date: null as never,
      config: profile,
    });
    // Each is awaited only where it counts; a failed one must not become an unhandled rejection.
    for (const signature of signatures) signature.verified.catch(() => undefined);
    const text = unpackPayload(data);
    return text === undefined ? { ok: false, why: 'tooBig' } : { ok: true, text, signatures };
  } catch (error) {
    const tooBig = error instanceof Error && error.message.includes('Maximum decompressed message size');
    return { ok: false, why: tooBig ? 'tooBig' : 'broken' };
  }
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

async function readMessage(sealed: string): Promise<Message<Uint8Array<ArrayBuffer>> | undefined> {
  if (!base64.test(sealed)) return undefined;
  try {
    return await openpgp.readMessage({
      binaryMessage: new Uint8Array(Buffer.from(sealed, 'base64')),
      config: profile,
    });
  } catch {
    return undefined;
  }
}

/** Sealing without a key is a mistake of the caller; opening without one happens after a connection has ended. */
async function requirePrivateKey(secrets: SecretStore, keyName: string): Promise<PrivateKey> {
  const key = await findPrivateKey(secrets, keyName);
  if (key === undefined) throw new Error(`There is no private key under ${keyName}.`);
  return key;
}

async function findPrivateKey(secrets: SecretStore, keyName: string): Promise<PrivateKey | undefined> {
  const armored = await secrets.get(keyName);
  return armored === undefined ? undefined : openpgp.readPrivateKey({ armoredKey: armored, config: profile });
}
