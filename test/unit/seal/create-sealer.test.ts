/** Seals: what opens, for whom, by whose key, and what is refused. */
import { createSealer } from '#seal/create-sealer';
import { openpgp, profile } from '#seal/openpgp';
import { memorySecrets } from '../../support/memory-secrets';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 5, 1);

/** A site with its own secrets and a clock that may be wrong. */
async function makeSite(offsetMs = 0) {
  const secrets = memorySecrets();
  const sealer = createSealer({ secrets, clock: { now: () => now + offsetMs } });
  const identity = await sealer.createIdentity('connection:one');
  return { secrets, sealer, identity };
}

describe('createSealer', () => {
  test.each([
    ['short text', '{"a":1}'],
    ['long text with umlauts', JSON.stringify({ text: 'Grüße '.repeat(20_000) })],
    ['empty text', ''],
  ])('opens what was sealed: %s', async (_what, text) => {
    const acme = await makeSite();
    const globex = await makeSite();
    const sealed = await acme.sealer.seal('connection:one', globex.identity.publicKey, text);
    const opened = await globex.sealer.open('connection:one', acme.identity.publicKey, sealed);
    expect(opened).toEqual({ ok: true, text });
  });

  test('compresses long texts inside the seal', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    const sealed = await acme.sealer.seal('connection:one', globex.identity.publicKey, 'abc '.repeat(50_000));
    expect(sealed.length).toBeLessThan(3_000);
  });

  test.each([-40 * dayMs, -3_600_000, 3_600_000, 40 * dayMs])(
    'a clock that is %d ms off stops nothing, in either direction',
    async (offset) => {
      const acme = await makeSite();
      const globex = await makeSite(offset);
      for (const [from, to] of [
        [acme, globex],
        [globex, acme],
      ] as const) {
        expect(await to.sealer.readIdentity(from.identity.publicKey)).toEqual(from.identity);
        const sealed = await from.sealer.seal('connection:one', to.identity.publicKey, 'hello');
        expect((await to.sealer.open('connection:one', from.identity.publicKey, sealed)).ok).toBe(true);
      }
    },
  );

  test('refuses a seal made for somebody else, by somebody else, or changed', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    const mallory = await makeSite();
    const forMallory = await acme.sealer.seal('connection:one', mallory.identity.publicKey, 'x');
    const byMallory = await mallory.sealer.seal('connection:one', globex.identity.publicKey, 'x');
    const good = await acme.sealer.seal('connection:one', globex.identity.publicKey, 'x'.repeat(100));
    const bytes = Buffer.from(good, 'base64');
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1;
    const open = (sealed: string) => globex.sealer.open('connection:one', acme.identity.publicKey, sealed);
    expect(await open(forMallory)).toEqual({ ok: false, why: 'notForMe' });
    expect(await open(byMallory)).toEqual({ ok: false, why: 'stranger' });
    expect(await open(bytes.toString('base64'))).toEqual({ ok: false, why: 'broken' });
    expect(await open('not base64 at all!')).toEqual({ ok: false, why: 'broken' });
    expect(await open('aGVsbG8=')).toEqual({ ok: false, why: 'broken' });
    expect(await open('A'.repeat(5_000_004))).toEqual({ ok: false, why: 'tooBig' });
  });

  test('refuses a message that nobody signed', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    const unsigned = await openpgp.encrypt({
      message: await openpgp.createMessage({ text: 'x' }),
      encryptionKeys: await openpgp.readKey({ armoredKey: globex.identity.publicKey }),
      format: 'binary',
      config: profile,
    });
    const sealed = Buffer.from(unsigned).toString('base64');
    const opened = await globex.sealer.open('connection:one', acme.identity.publicKey, sealed);
    expect(opened).toEqual({ ok: false, why: 'stranger' });
  });

  test('first contact is verified against the key that the text names', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    const mallory = await makeSite();
    const senderKey = (text: string) => (JSON.parse(text) as { key: string }).key;
    const honest = await acme.sealer.seal(
      'connection:one',
      globex.identity.publicKey,
      JSON.stringify({ key: acme.identity.publicKey }),
    );
    const lying = await mallory.sealer.seal(
      'connection:one',
      globex.identity.publicKey,
      JSON.stringify({ key: acme.identity.publicKey }),
    );
    const opened = await globex.sealer.openFirst('connection:one', honest, senderKey);
    expect(opened).toMatchObject({ ok: true, sender: acme.identity });
    expect(await globex.sealer.openFirst('connection:one', lying, senderKey)).toEqual({
      ok: false,
      why: 'stranger',
    });
    expect(await globex.sealer.openFirst('connection:one', honest, () => undefined)).toEqual({
      ok: false,
      why: 'stranger',
    });
  });

  test('refuses a message of 200 KB that grows to 200 MB, in OpenPGP and in gzip', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    const own = await openpgp.readPrivateKey({ armoredKey: acme.secrets.values.get('connection:one') ?? '' });
    const partner = await openpgp.readKey({ armoredKey: globex.identity.publicKey });
    const { gzipSync } = await import('node:zlib');
    const zeros = Buffer.alloc(200 * 1024 * 1024);
    const seal = async (binary: Uint8Array, compression: number) => {
      const bytes = await openpgp.encrypt({
        message: await openpgp.createMessage({ binary }),
        encryptionKeys: partner,
        signingKeys: own,
        format: 'binary',
        config: { ...profile, preferredCompressionAlgorithm: compression },
      });
      return Buffer.from(bytes).toString('base64');
    };
    const gzipBomb = await seal(gzipSync(zeros), openpgp.enums.compression.uncompressed);
    expect(gzipBomb.length).toBeLessThan(400_000);
    const open = (sealed: string) => globex.sealer.open('connection:one', acme.identity.publicKey, sealed);
    expect(await open(gzipBomb)).toEqual({ ok: false, why: 'tooBig' });
    const pgpBomb = await seal(zeros.subarray(0, 40 * 1024 * 1024), openpgp.enums.compression.zlib);
    expect(pgpBomb.length).toBeLessThan(100_000);
    expect(await open(pgpBomb)).toEqual({ ok: false, why: 'tooBig' });
  });

  test('the private key is in the secret store only, and destroy removes it', async () => {
    const acme = await makeSite();
    expect(acme.secrets.values.get('connection:one')).toContain('PRIVATE KEY');
    expect(acme.identity.publicKey).not.toContain('PRIVATE');
    await acme.sealer.destroy('connection:one');
    expect(acme.secrets.values.size).toBe(0);
    await expect(acme.sealer.seal('connection:one', acme.identity.publicKey, 'x')).rejects.toThrow();
    const opened = await acme.sealer.open('connection:one', acme.identity.publicKey, 'AAAA');
    expect(opened).toEqual({ ok: false, why: 'notForMe' });
  });
});

describe('readIdentity', () => {
  test('takes the one profile and nothing else', async () => {
    const { sealer, identity, secrets } = await makeSite();
    expect(identity.id).toMatch(/^[0-9a-f]{64}$/);
    expect(await sealer.readIdentity(identity.publicKey)).toEqual(identity);
    const others = [
      { type: 'curve25519' as const },
      { type: 'rsa' as const, rsaBits: 2048 },
      { type: 'ecc' as const, curve: 'nistP256' as const },
      { type: 'curve25519' as const, config: { v6Keys: true } },
      { type: 'ecc' as const, curve: 'curve25519Legacy' as const, keyExpirationTime: 86_400 },
    ];
    for (const options of others) {
      const { publicKey } = await openpgp.generateKey({ ...options, userIDs: [{ name: 'x' }] });
      expect(await sealer.readIdentity(publicKey)).toBeUndefined();
    }
    expect(await sealer.readIdentity(secrets.values.get('connection:one') ?? '')).toBeUndefined();
    expect(await sealer.readIdentity('')).toBeUndefined();
    expect(await sealer.readIdentity('x'.repeat(20_000))).toBeUndefined();
    // Only the first block counts, and its text is what is kept: nothing can hide behind it.
    expect(await sealer.readIdentity(`${identity.publicKey}\nmore text`)).toEqual(identity);
  });
});
