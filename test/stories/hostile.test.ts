/** Strangers and hostile partners at the door: every one gets the same silence, and nothing changes. */

import { readActivity } from '#engine/ask/read-activity';
import { accept } from '#engine/connect/accept';
import { deleteConnection } from '#engine/connect/delete-connection';
import { invite } from '#engine/connect/invite';
import { readCode } from '#engine/connect/read-code';
import { receiveCode } from '#engine/connect/receive-code';
import { controlHandlers } from '#engine/control-handlers';
import { receivePartnerMessage } from '#engine/receive-partner-message';
import { readConnection } from '#engine/update-connection';
import { connectWorld, rowsOf, type TestSite } from '../support/connect-world';

const all = { mode: 'all' as const, ids: [] };
const everything = { projects: all, issueTypes: all };
const silence = { status: 404, body: '' };

const post = (site: TestSite, body: string) => receivePartnerMessage(site.ports, { headers: {}, body });
const outer = (link: string, kind: string, sealed: string) => JSON.stringify({ v: 1, link, kind, sealed });

/** acme and globex, connected; mallory has an app of her own. */
async function connected() {
  const world = connectWorld();
  const [acme, globex, mallory] = [world.site('acme'), world.site('globex'), world.site('mallory')];
  const request = { name: 'Support', description: '', partnerUrl: globex.url, scope: everything };
  const { id } = await invite(acme.ports, { ...request, accountId: 'ada' });
  const { code } = await readCode(acme.ports, { id });
  await receiveCode(globex.ports, { code, accountId: 'bob' });
  await accept(globex.ports, { id, name: 'Support', description: '', scope: everything });
  await mallory.ports.sealer.createIdentity('connection:mallory');
  return { world, acme, globex, mallory, id };
}

/** Everything but the activity log. */
function content(site: TestSite): string {
  return JSON.stringify(rowsOf(site).filter(({ name }) => !name.startsWith('activity/')));
}

describe('the partner door', () => {
  test('unreadable, unknown and oversized bodies: the same empty answer, nothing stored', async () => {
    const { acme, id } = await connected();
    const before = JSON.stringify(rowsOf(acme));
    const bodies = [
      '',
      'hello',
      'null',
      '[]',
      '{"v":1}',
      JSON.stringify({ v: 2, link: id, kind: 'hello', nonce: 'abcdefgh' }),
      JSON.stringify({ v: 1, link: id, kind: 'teleport', sealed: 'AAAA' }),
      outer('no-such-connection', 'join', 'AAAA'),
      outer('no-such-connection', 'stream', 'AAAA'),
      outer(id, 'join', 'x'.repeat(5_000_000)),
    ];
    for (const body of bodies) expect(await post(acme, body)).toEqual(silence);
    expect(JSON.stringify(rowsOf(acme))).toBe(before);
  });

  test.each(['join', 'welcome', 'reject', 'withdrawn', 'goodbye', 'introduce', 'invite'])(
    '%s: not sealed, sealed for somebody else, by a stranger: silence, and at most a line in the log',
    async (kind) => {
      const { acme, globex, mallory, id } = await connected();
      const row = await readConnection(acme.ports, id);
      const forged = JSON.stringify({
        v: 1,
        kind,
        link: id,
        from: row?.partner.keyId,
        to: row?.keyId,
        nonce: 'abcdefgh',
        reason: 'deleted',
      });
      const key = row?.publicKey ?? '';
      const sealed = [
        'AAAA',
        Buffer.from('not a seal').toString('base64'),
        await mallory.ports.sealer.seal('connection:mallory', key, forged),
        await globex.ports.sealer.seal(`connection:${id}`, row?.partner.publicKey ?? '', forged),
      ];
      const before = content(acme);
      for (const text of sealed) {
        expect(await post(acme, outer(id, kind, text))).toEqual(silence);
        expect(await post(acme, outer(id, kind, text))).toEqual(silence);
      }
      expect(content(acme)).toBe(before);
      const { entries } = await readActivity(acme.ports, { id });
      const refused = entries.filter((entry) => entry.text.includes('was refused'));
      expect(refused.length).toBe(kind === 'invite' ? 0 : 1);
    },
  );

  test('the partner itself cannot say anything for another connection or in another name', async () => {
    const { acme, globex, id } = await connected();
    const row = await readConnection(acme.ports, id);
    const honest = { v: 1, kind: 'goodbye', link: id, from: row?.partner.keyId, to: row?.keyId };
    const before = content(acme);
    for (const change of [{ link: 'another-connection' }, { from: 'a'.repeat(64) }, { to: 'b'.repeat(64) }]) {
      const text = JSON.stringify({ ...honest, nonce: 'abcdefgh', reason: 'deleted', ...change });
      const sealed = await globex.ports.sealer.seal(`connection:${id}`, row?.publicKey ?? '', text);
      expect(await post(acme, outer(id, 'goodbye', sealed))).toEqual(silence);
    }
    expect(content(acme)).toBe(before);
  });

  test('replayed handshake messages change nothing', async () => {
    const { world, acme, globex, id } = await connected();
    const before = [content(acme), content(globex)];
    const recorded = world.wire.filter(({ to }) => to !== 'sender');
    expect(recorded.map(({ body }) => (JSON.parse(body) as { kind: string }).kind)).toEqual([
      'hello',
      'join',
      'welcome',
    ]);
    for (const { to, body } of recorded) await post(world.site(to), body);
    expect([content(acme), content(globex)]).toEqual(before);
    await deleteConnection(acme.ports, { id });
    for (const { to, body } of recorded.slice(1)) expect(await post(world.site(to), body)).toEqual(silence);
    const gone = world.wire.findLast(({ body }) => body.includes('"goodbye"'));
    expect((await post(globex, gone?.body ?? '')).status).toBe(200);
    expect((await readConnection(globex.ports, id))?.phase).toBe('deleted');
  });

  test('no private key, secret or code is on the wire, in a row or in the log', async () => {
    const { world, acme, globex } = await connected();
    const secrets = [acme, globex].flatMap((site) => [...site.secrets.values.values()]);
    const invitations = secrets.filter((text) => text.startsWith('{'));
    const codes = invitations.flatMap((text) => Object.values(JSON.parse(text) as Record<string, string>));
    expect(codes.length).toBeGreaterThan(1);
    const everywhere = [
      ...world.wire.map(({ body }) => body),
      ...[acme, globex].flatMap((site) => rowsOf(site).map((row) => JSON.stringify(row))),
    ].join('\n');
    expect(everywhere).not.toContain('PRIVATE KEY');
    for (const code of codes) expect(everywhere).not.toContain(code);
  });
});

describe('before both have confirmed', () => {
  test('terms, catalogs and starts are ignored', async () => {
    const { acme, id } = await connected();
    const row = await readConnection(acme.ports, id);
    if (row === undefined) throw new Error('There is no connection.');
    const before = content(acme);
    const catalog = { projects: [] };
    await controlHandlers['catalog.share'](acme.ports, row, { op: 'catalog.share', catalog }, 1);
    await controlHandlers['run.start'](acme.ports, row, { op: 'run.start' }, 2);
    const contract = { revision: 1, note: 'x', mappings: [] };
    const published = { op: 'contract.publish' as const, contract, proposal: [] };
    await controlHandlers['contract.publish'](acme.ports, row, published, 3);
    expect(content(acme)).toBe(before);
  });
});
