/** Stories of invitations that travel by themselves through a directory which nobody trusts. */
import { getSynchronization } from '#engine/ask/get-synchronization';
import { listSynchronizations } from '#engine/ask/list-synchronizations';
import { accept } from '#engine/connect/accept';
import { invite } from '#engine/connect/invite';
import { readCode } from '#engine/connect/read-code';
import { receiveCode } from '#engine/connect/receive-code';
import { reject } from '#engine/connect/reject';
import { sendAgain } from '#engine/connect/send-again';
import { withdraw } from '#engine/connect/withdraw';
import { receiveDirectoryMessage } from '#engine/directory/receive-directory-message';
import { registerSite } from '#engine/directory/register-site';
import { readConnection } from '#engine/update-connection';
import { connectSite } from '../support/connect-site';
import { connectWorld, type TestSite } from '../support/connect-world';

const dayMs = 86_400_000;
const everything = {
  projects: { mode: 'all' as const, ids: [] },
  issueTypes: { mode: 'all' as const, ids: [] },
};

const inviteFrom = (site: TestSite, to: TestSite, name = 'Support') =>
  invite(site.ports, { name, description: '', partnerUrl: to.url, scope: everything, accountId: 'ada' });
const acceptAt = (site: TestSite, id: string) =>
  accept(site.ports, { id, name: 'Support', description: '', scope: everything });
const listAt = async (site: TestSite) => (await listSynchronizations(site.ports)).synchronizations;

/** A world whose directory knows acme and globex. */
async function registered() {
  const world = connectWorld({ directory: 'registry' });
  const acme = world.site('acme');
  const globex = world.site('globex');
  await registerSite(acme.ports);
  await registerSite(globex.ports);
  return { world, acme, globex };
}

describe('through the directory', () => {
  test('type the URL, and it appears over there; both sides have to compare the words', async () => {
    const { acme, globex } = await registered();
    const { id, delivered, note } = await inviteFrom(acme, globex);
    expect({ delivered, note }).toEqual({
      delivered: true,
      note: 'The invitation was delivered to https://globex.atlassian.net. It appears there in the list of synchronizations.',
    });
    const [row] = await listAt(globex);
    expect(row).toMatchObject({ id, name: 'Support', status: { status: 'Invitation received' } });
    await acceptAt(globex, id);
    for (const site of [acme, globex]) {
      const detail = await getSynchronization(site.ports, { id });
      expect(detail).toMatchObject({ confirmedHere: false, confirmedThere: false });
      expect(detail.status).toMatchObject({ sync: 'Handshake', nextAction: 'confirmPartner' });
    }
    const words = (await getSynchronization(acme.ports, { id })).words;
    expect((await getSynchronization(globex.ports, { id })).words).toEqual(words);
    expect((await readConnection(acme.ports, id))?.vouched).toBeUndefined();
  });

  test('the code still works beside it, and vouches as a code does', async () => {
    const { acme, globex } = await registered();
    const { id } = await inviteFrom(acme, globex);
    const { code } = await readCode(acme.ports, { id });
    await receiveCode(globex.ports, { code, accountId: 'bob' });
    await acceptAt(globex, id);
    expect(await getSynchronization(globex.ports, { id })).toMatchObject({ confirmedHere: true });
    expect(await listAt(globex)).toHaveLength(1);
  });

  test('sent again while it waits over there: the newer invitation counts', async () => {
    const { world, acme, globex } = await registered();
    const { id } = await inviteFrom(acme, globex);
    world.now += dayMs;
    expect((await sendAgain(acme.ports, { id })).delivered).toBe(true);
    expect(await listAt(globex)).toHaveLength(1);
    await acceptAt(globex, id);
    expect((await readConnection(acme.ports, id))?.phase).toBe('joined');
  });

  test('rejected and withdrawn reach the other side', async () => {
    const { acme, globex } = await registered();
    const first = await inviteFrom(acme, globex, 'First');
    await reject(globex.ports, { id: first.id, reason: 'No.' });
    expect((await getSynchronization(acme.ports, { id: first.id })).status.status).toBe('Rejected');
    const second = await inviteFrom(acme, globex, 'Second');
    await withdraw(acme.ports, { id: second.id });
    const { status } = await getSynchronization(globex.ports, { id: second.id });
    expect(status).toMatchObject({ status: 'Deleted', qualifier: 'The invitation was withdrawn.' });
  });

  test('a site that is not registered, rivals, and a silent directory: the code is the way', async () => {
    const { world, acme, globex } = await registered();
    const unknown = await inviteFrom(acme, world.site('initech'));
    expect(unknown).toMatchObject({ delivered: false });
    expect(unknown.note).toContain('does not know https://initech.atlassian.net');
    const rival = world.site('rival');
    await registerSite({ ...rival.ports, site: connectSite('globex', 9_000) });
    const torn = await inviteFrom(acme, globex);
    expect(torn.note).toContain('More than one app says that it is https://globex.atlassian.net');
    expect(await listAt(globex)).toEqual([]);
    expect(await listAt(rival)).toEqual([]);
    world.down.add('registry');
    expect((await inviteFrom(acme, globex)).note).toContain('The directory did not answer.');
    expect((await readCode(acme.ports, { id: torn.id })).code).toMatch(/^isx1\./);
  });

  test('a claim that is not renewed for a week does not count any more', async () => {
    const { world, acme, globex } = await registered();
    world.now += 8 * dayMs;
    expect((await inviteFrom(acme, globex)).note).toContain('does not know');
    await listAt(globex);
    await registerSite(acme.ports);
    expect((await inviteFrom(acme, globex)).delivered).toBe(true);
  });

  test('registering asks once an hour at most and once a day when nothing changed', async () => {
    const { world, acme } = await registered();
    const sent = world.wire.length;
    await registerSite(acme.ports);
    world.now += dayMs / 2;
    await registerSite(acme.ports);
    expect(world.wire).toHaveLength(sent);
    world.now += dayMs;
    world.down.add('registry');
    await registerSite(acme.ports);
    world.down.delete('registry');
    await registerSite(acme.ports);
    expect(world.wire).toHaveLength(sent);
    world.now += 3_600_000;
    await registerSite(acme.ports);
    expect(world.wire.length).toBeGreaterThan(sent);
  });

  test('somebody who only says to be acme cannot invite in its name', async () => {
    const { world, globex } = await registered();
    const mallory = world.site('mallory');
    const posing = { ...mallory.ports, site: connectSite('acme', 7_000) };
    const request = { description: '', partnerUrl: globex.url, scope: everything, accountId: 'm' };
    const { delivered, note } = await invite(posing, { name: 'Trust me', ...request });
    expect(delivered).toBe(false);
    expect(note).toContain('could not find this one in its directory');
    expect(await listAt(globex)).toEqual([]);
  });

  test('quotas: five a day from one site, twenty that wait at once; a blocked site none', async () => {
    const { world, acme, globex } = await registered();
    for (let count = 0; count < 5; count += 1) {
      expect((await inviteFrom(acme, globex, `Try ${count}`)).delivered).toBe(true);
    }
    expect((await inviteFrom(acme, globex)).note).toContain('Too many invitations wait');
    world.now += dayMs;
    expect((await inviteFrom(acme, globex)).delivered).toBe(true);
    for (const name of ['one', 'two', 'three']) {
      const site = world.site(name);
      await registerSite(site.ports);
      for (let count = 0; count < 5; count += 1) await inviteFrom(site, globex);
    }
    expect(await listAt(globex)).toHaveLength(20);
    world.now += dayMs;
    await globex.ports.store.transact([
      { op: 'set', table: 'claim', key: 'blocked', body: { sites: [acme.url] }, group: 'x', rank: 'x' },
    ]);
    expect((await inviteFrom(acme, globex)).note).toContain('does not take invitations');
  });
});

describe('the door of the directory', () => {
  test('only the directory answers, and only what it understands', async () => {
    const { world, acme } = await registered();
    const resolve = JSON.stringify({ v: 1, kind: 'resolve', siteUrl: acme.url });
    expect((await receiveDirectoryMessage(acme.ports, { body: resolve })).status).toBe(404);
    const { ports } = world.site('registry');
    expect((await receiveDirectoryMessage(ports, { body: resolve })).status).toBe(200);
    const bad = ['', 'hello', '{}', JSON.stringify({ v: 2, kind: 'whoAreYou' }), 'x'.repeat(5_000_000)];
    for (const body of bad) {
      expect(await receiveDirectoryMessage(ports, { body })).toEqual({ status: 404, body: '' });
    }
  });

  test('a claim needs the signature of the claimed key, made for this directory', async () => {
    const { world, acme } = await registered();
    const { ports } = world.site('registry');
    const sealedClaim = world.wire.find(({ body }) => body.includes('"register"'))?.body ?? '';
    const { sealed } = JSON.parse(sealedClaim) as { sealed: string };
    const other = connectWorld({ directory: 'other' }).site('other');
    const register = (body: string) => JSON.stringify({ v: 1, kind: 'register', sealed: body });
    const elsewhere = await receiveDirectoryMessage(other.ports, { body: register(sealed) });
    expect(JSON.parse(elsewhere.body)).toMatchObject({ result: 'refused' });
    const repeated = await receiveDirectoryMessage(ports, { body: register(sealed) });
    expect(JSON.parse(repeated.body)).toMatchObject({ result: 'registered' });
    const resolve = JSON.stringify({ v: 1, kind: 'resolve', siteUrl: acme.url });
    const { claims } = JSON.parse((await receiveDirectoryMessage(ports, { body: resolve })).body) as {
      claims: unknown[];
    };
    expect(claims).toHaveLength(1);
  });
});
