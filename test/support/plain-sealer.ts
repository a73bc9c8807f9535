/** A sealer for worlds: hides nothing, but checks who signed and for whom, as the real one does. */
import { hashText } from '#core/protocol/hash';
import type { Identity, OpenedSeal, Sealer } from '#engine/ports/world';

interface PlainSeal {
  from: string;
  to: string;
  text: string;
}

/** `publicKeyOf` gives the public key that a key name of this site stands for. */
export function plainSealer(publicKeyOf: (keyName: string) => string): Sealer {
  return {
    createIdentity: async (keyName) => identityOf(`key of ${keyName}`),
    readIdentity: async (publicKey) => identityOf(publicKey),
    seal: async (keyName, partnerKey, text) => {
      const seal: PlainSeal = { from: publicKeyOf(keyName), to: partnerKey, text };
      return Buffer.from(JSON.stringify(seal)).toString('base64');
    },
    open: async (keyName, partnerKey, sealed) => {
      const seal = parse(sealed);
      if (seal === undefined) return { ok: false, why: 'broken' };
      if (seal.to !== publicKeyOf(keyName)) return { ok: false, why: 'notForMe' };
      return seal.from === partnerKey ? { ok: true, text: seal.text } : { ok: false, why: 'stranger' };
    },
    openFirst: async (): Promise<OpenedSeal> => ({ ok: false, why: 'broken' }),
    destroy: async () => undefined,
  };
}

/** Text inside a seal, for judges that look at everything that left a site. */
export function readPlainSeal(sealed: string): string {
  return parse(sealed)?.text ?? '';
}

export function identityOf(publicKey: string): Identity {
  return { id: hashText(publicKey), publicKey };
}

function parse(sealed: string): PlainSeal | undefined {
  try {
    return JSON.parse(Buffer.from(sealed, 'base64').toString('utf8')) as PlainSeal;
  } catch {
    return undefined;
  }
}
