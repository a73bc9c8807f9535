/** Interop: GnuPG reads what we seal and we read what GnuPG seals. Skipped, and saying so, where gpg is not installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer } from '#seal/create-sealer';
import { memorySecrets } from '../../support/memory-secrets';

const programs = { gpg: 'gpg', gpgconf: 'gpgconf' };
const hasGpg = spawnSync(programs.gpg, ['--version']).status === 0;
const title = hasGpg ? 'GnuPG' : 'GnuPG (skipped: gpg is not installed on this machine)';

(hasGpg ? describe : describe.skip)(title, () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'gpg-'));
  });
  afterEach(() => {
    spawnSync(programs.gpgconf, ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  });

  function gpg(args: string[], input?: Uint8Array | string) {
    const fixed = ['--homedir', home, '--batch', '--yes', '--no-tty', '--pinentry-mode', 'loopback'];
    const done = spawnSync(programs.gpg, [...fixed, '--passphrase', '', '--status-fd', '2', ...args], {
      input,
    });
    return { out: done.stdout, status: done.stderr.toString() };
  }

  async function makeSite() {
    const secrets = memorySecrets();
    const sealer = createSealer({ secrets, clock: { now: () => Date.now() } });
    return { secrets, sealer, identity: await sealer.createIdentity('connection:one') };
  }

  /** A key made by gpg itself in the profile of the protocol. */
  function gpgKey(): string {
    gpg(['--quick-generate-key', 'gpg <gpg@example.test>', 'ed25519', 'cert,sign', 'never']);
    const listed = gpg(['--list-keys', '--with-colons']).out.toString();
    const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? '';
    gpg(['--quick-add-key', fingerprint, 'cv25519', 'encr', 'never']);
    return gpg(['--armor', '--export', 'gpg@example.test']).out.toString();
  }

  test('reads our envelopes, short and compressed: GOODSIG and DECRYPTION_OKAY', async () => {
    const acme = await makeSite();
    const globex = await makeSite();
    gpg(['--import'], acme.identity.publicKey);
    gpg(['--import'], globex.secrets.values.get('connection:one'));
    for (const text of ['{"v":1}', 'long '.repeat(1_000)]) {
      const sealed = await acme.sealer.seal('connection:one', globex.identity.publicKey, text);
      const { out, status } = gpg(['--trust-model', 'always', '--decrypt'], Buffer.from(sealed, 'base64'));
      expect(status).toContain('GOODSIG');
      expect(status).toContain('DECRYPTION_OKAY');
      const { unpackPayload } = await import('#seal/payload');
      expect(unpackPayload(out)).toBe(text);
    }
  });

  test('seals for us with a key of its own', async () => {
    const acme = await makeSite();
    const key = gpgKey();
    const identity = await acme.sealer.readIdentity(key);
    expect(identity?.id).toMatch(/^[0-9a-f]{64}$/);
    gpg(['--import'], acme.identity.publicKey);
    const file = join(home, 'message');
    const text = JSON.stringify({ from: 'gpg', text: 'x'.repeat(2_000) });
    writeFileSync(file, text);
    gpg([
      '--trust-model',
      'always',
      '-u',
      'gpg@example.test',
      '-r',
      'Concord connection',
      '-o',
      `${file}.gpg`,
      '-s',
      '-e',
      file,
    ]);
    const sealed = readFileSync(`${file}.gpg`).toString('base64');
    expect(await acme.sealer.open('connection:one', key, sealed)).toEqual({ ok: true, text });
    const sealedBack = await acme.sealer.seal('connection:one', key, 'back');
    expect(gpg(['--decrypt'], Buffer.from(sealedBack, 'base64')).out.toString()).toBe('back');
  });
});
