/** Stories of two admins who shake hands: by code, by the directory, as known partners; and what can go wrong. */
import { getSynchronization } from '#engine/ask/get-synchronization';
import { listSynchronizations } from '#engine/ask/list-synchronizations';
import { readActivity } from '#engine/ask/read-activity';
import { accept } from '#engine/connect/accept';
import { deleteConnection } from '#engine/connect/delete-connection';
import { farewell } from '#engine/connect/farewell';
import { invite } from '#engine/connect/invite';
import { readCode } from '#engine/connect/read-code';
import { receiveCode } from '#engine/connect/receive-code';
import { reject } from '#engine/connect/reject';
import { removeRecord } from '#engine/connect/remove-record';
import { sendAgain } from '#engine/connect/send-again';
import { withdraw } from '#engine/connect/withdraw';
import { tendConnections } from '#engine/tend-connections';
import { readConnection, updateConnection } from '#engine/update-connection';
import { connectWorld, rowsOf, type TestSite } from '../support/connect-world';

const dayMs = 86_400_000;
const everything = {
  projects: { mode: 'all' as const, ids: [] },
  issueTypes: { mode: 'all' as const, ids: [] },
};

function inviteFrom(site: TestSite, to: TestSite, name = 'Support') {
  return invite(site.ports, {
    name,
    description: '',
    partnerUrl: to.url,
    scope: everything,
    accountId: 'ada',
  });
}

async function codeOf(site: TestSite, id: string): Promise<string> {
  return (await readCode(site.ports, { id })).code;
}

const paste = (site: TestSite, code: string) => receiveCode(site.ports, { code, accountId: 'bob' });
const acceptAt = (site: TestSite, id: string) =>
  accept(site.ports, { id, name: 'From over there', description: '', scope: everything });

async function statusAt(site: TestSite, id: string): Promise<string> {
  const { status } = await getSynchronization(site.ports, { id });
  return `${status.status} / ${status.sync ?? '-'}`;
}

async function activityAt(site: TestSite, id: string): Promise<string> {
  const { entries } = await readActivity(site.ports, { id });
  return entries.map((entry) => entry.text).join('\n');
}

/** A world with two sites and an invitation by code from acme to globex. */
async function invited() {
  const world = connectWorld();
  const acme = world.site('acme');
  const globex = world.site('globex');
  const { id } = await inviteFrom(acme, globex);
  return { world, acme, globex, id, code: await codeOf(acme, id) };
}

describe('by code', () => {
  test('pasted, accepted: both show the same words, and only the inviter has to confirm', async () => {
    const { acme, globex, id, code, world } = await invited();
    expect(await statusAt(acme, id)).toBe('Invitation sent / -');
    expect(await paste(globex, code)).toEqual({ id });
    expect(await statusAt(globex, id)).toBe('Invitation received / -');
    await acceptAt(globex, id);
    expect(await statusAt(acme, id)).toBe('Not configured / Handshake');
    const [here, there] = [
      await getSynchronization(acme.ports, { id }),
      await getSynchronization(globex.ports, { id }),
    ];
    expect(here.words).toHaveLength(6);
    expect(there.words).toEqual(here.words);
    expect(here).toMatchObject({ role: 'primary', confirmedHere: false, confirmedThere: true });
    expect(there).toMatchObject({ role: 'secondary', confirmedHere: true, confirmedThere: false });
    expect(here.status.nextAction).toBe('confirmPartner');
    expect(there.status.actions).not.toContain('confirmPartner');
    expect(here.partner).toEqual({ url: globex.url, title: 'globex Jira' });
    const rows = [await readConnection(acme.ports, id), await readConnection(globex.ports, id)];
    expect(rows[0]?.partner.keyId).toBe(rows[1]?.keyId);
    expect(rows[1]?.partner.keyId).toBe(rows[0]?.keyId);
    const secret = JSON.parse(acme.secrets.values.get(`invitation:${id}`) ?? '{}') as { code: string };
    expect(secret.code).toHaveLength(32);
    expect(world.wire.some(({ body }) => body.includes(secret.code))).toBe(false);
  });

  test('a code for another site, the own site, or pasted twice is refused in words', async () => {
    const { world, acme, globex, id, code } = await invited();
    await expect(paste(world.site('initech'), code)).rejects.toThrow(
      'This invitation is for https://globex.atlassian.net, but this site is https://initech.atlassian.net.',
    );
    await expect(paste(acme, code)).rejects.toThrow('You made this invitation on this site.');
    await paste(globex, code);
    await expect(paste(globex, code)).rejects.toThrow('in your list already');
    expect((await listSynchronizations(globex.ports)).synchronizations).toHaveLength(1);
    expect(await statusAt(acme, id)).toBe('Invitation sent / -');
  });

  test('a tampered code, and one whose inviter answers with another key, are refused', async () => {
    const { acme, globex, id, code } = await invited();
    await expect(paste(globex, `${code.slice(0, 60)}A${code.slice(61)}`)).rejects.toThrow('damaged');
    await expect(paste(globex, 'hello')).rejects.toThrow('not an invitation');
    const { publicKey } = await acme.ports.sealer.createIdentity('connection:other');
    await updateConnection(acme.ports, id, (row) => ({ ...row, publicKey }));
    await expect(paste(globex, code)).rejects.toThrow('does not fit this invitation');
    expect((await listSynchronizations(globex.ports)).synchronizations).toHaveLength(0);
  });

  test('an unreachable inviter is said so; later it works', async () => {
    const { world, globex, id, code } = await invited();
    world.down.add('acme');
    await expect(paste(globex, code)).rejects.toThrow('could not be reached');
    world.down.delete('acme');
    expect(await paste(globex, code)).toEqual({ id });
  });

  test('expired before the paste, and between paste and accept', async () => {
    const { world, acme, globex, id, code } = await invited();
    world.now += 6 * dayMs;
    await paste(globex, code);
    world.now += 2 * dayMs;
    await expect(acceptAt(globex, id)).rejects.toThrow('expired');
    await expect(paste(world.site('globex'), code)).rejects.toThrow();
    expect((await getSynchronization(acme.ports, { id })).status.nextAction).toBe('sendAgain');
    const other = await inviteFrom(acme, globex, 'Second');
    const second = await codeOf(acme, other.id);
    world.now += 8 * dayMs;
    await expect(paste(globex, second)).rejects.toThrow('has expired');
    await expect(readCode(acme.ports, { id: other.id })).rejects.toThrow('Send again');
    await removeRecord(globex.ports, { id });
    await sendAgain(acme.ports, { id });
    await paste(globex, await codeOf(acme, id));
    await acceptAt(globex, id);
    expect(await statusAt(globex, id)).toBe('Not configured / Handshake');
  });

  test('after Send again the older code does not count', async () => {
    const { acme, globex, id, code } = await invited();
    await sendAgain(acme.ports, { id });
    await expect(paste(globex, code)).rejects.toThrow('a newer one was sent');
    await paste(globex, await codeOf(acme, id));
    await sendAgain(acme.ports, { id });
    await expect(acceptAt(globex, id)).rejects.toThrow('a newer one was sent');
    await paste(globex, await codeOf(acme, id));
    await acceptAt(globex, id);
    expect(await statusAt(globex, id)).toBe('Not configured / Handshake');
  });

  test('used by two: the second is refused and the inviter sees it', async () => {
    const { world, acme, globex, id, code } = await invited();
    await paste(globex, code);
    const thief = world.site('thief');
    const theirs = { ...thief, ports: { ...thief.ports, site: globex.ports.site } };
    await paste(theirs, code);
    await acceptAt(globex, id);
    await expect(acceptAt(theirs, id)).rejects.toThrow('used already');
    expect(await activityAt(acme, id)).toContain('used a second time');
    expect((await readConnection(acme.ports, id))?.partner.endpoint).toBe(
      await globex.ports.endpoints.partner(),
    );
    await expect(paste(world.site('globex'), code)).rejects.toThrow('in your list already');
  });

  test('withdrawn meanwhile: the joiner is told when it accepts, and when it pastes', async () => {
    const { acme, globex, id, code } = await invited();
    await paste(globex, code);
    await withdraw(acme.ports, { id });
    expect(await statusAt(acme, id)).toBe('Deleted / -');
    await expect(acceptAt(globex, id)).rejects.toThrow('withdrawn');
    expect(await statusAt(globex, id)).toBe('Deleted / -');
    await expect(paste(globex, code)).rejects.toThrow('withdrawn');
    await removeRecord(acme.ports, { id });
    await removeRecord(globex.ports, { id });
    await expect(paste(globex, code)).rejects.toThrow('does not know this invitation');
    expect([...acme.secrets.values.keys()].filter((name) => name.includes(id))).toEqual([]);
    expect(rowsOf(acme).filter(({ name }) => name.includes(id))).toEqual([]);
  });

  test('five wrong secrets burn the invitation', async () => {
    const { acme, globex, id, code } = await invited();
    await paste(globex, code);
    globex.secrets.values.set(`invitation:${id}`, JSON.stringify({ code: '00'.repeat(16) }));
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(acceptAt(globex, id)).rejects.toThrow('does not count any more');
    }
    await expect(acceptAt(globex, id)).rejects.toThrow('five wrong tries');
    const { status } = await getSynchronization(acme.ports, { id });
    expect(status.qualifier).toContain('blocked');
    expect(await activityAt(acme, id)).toContain('wrong secret');
  });

  test('a lost answer: accepting again completes the same join', async () => {
    const { world, acme, globex, id, code } = await invited();
    await paste(globex, code);
    world.down.add('globex');
    await acceptAt(globex, id);
    expect(await statusAt(globex, id)).toBe('Not configured / Handshake');
    expect((await readConnection(acme.ports, id))?.phase).toBe('joining');
    world.down.delete('globex');
    await tendConnections(globex.ports);
    expect((await readConnection(acme.ports, id))?.phase).toBe('joined');
    expect((await readConnection(globex.ports, id))?.phase).toBe('joined');
  });
});

describe('reject and delete', () => {
  test('rejected with a reason: the inviter is told, also when it was away; sent again it can be accepted', async () => {
    const { world, acme, globex, id, code } = await invited();
    await paste(globex, code);
    world.down.add('acme');
    await reject(globex.ports, { id, reason: 'Not\u202e this <b>year</b>' });
    expect(await statusAt(globex, id)).toBe('Rejected / -');
    expect(await statusAt(acme, id)).toBe('Invitation sent / -');
    world.down.delete('acme');
    world.now += 6 * 60_000;
    await tendConnections(globex.ports);
    expect(await statusAt(acme, id)).toBe('Rejected / -');
    expect((await getSynchronization(acme.ports, { id })).rejection).toMatchObject({
      by: 'partner',
      reason: 'Not this <b>year</b>',
    });
    expect(rowsOf(globex).some(({ name }) => name.includes('parcel'))).toBe(false);
    await expect(reject(globex.ports, { id, reason: '' })).rejects.toThrow('answered already');
    await sendAgain(acme.ports, { id });
    await paste(globex, await codeOf(acme, id));
    await acceptAt(globex, id);
    expect(await statusAt(acme, id)).toBe('Not configured / Handshake');
  });

  test('deleted: the partner is told, also after the record is gone; keys are destroyed on both sides', async () => {
    const { world, acme, globex, id, code } = await invited();
    await paste(globex, code);
    await acceptAt(globex, id);
    world.down.add('globex');
    await deleteConnection(acme.ports, { id });
    expect(await statusAt(acme, id)).toBe('Deleted / -');
    await removeRecord(acme.ports, { id });
    expect(acme.secrets.values.has(`connection:${id}`)).toBe(false);
    world.down.delete('globex');
    world.now += 6 * 60_000;
    await tendConnections(acme.ports);
    expect(await statusAt(globex, id)).toBe('Deleted / -');
    expect((await readConnection(globex.ports, id))?.deleted?.by).toBe('partner');
    expect(globex.secrets.values.has(`connection:${id}`)).toBe(false);
    await removeRecord(globex.ports, { id });
    expect((await listSynchronizations(globex.ports)).synchronizations).toEqual([]);
    expect(rowsOf(acme).filter(({ name }) => name.includes(id))).toEqual([]);
  });

  test('the app is removed: every partner is told, and open invitations are withdrawn', async () => {
    const { acme, globex, id, code } = await invited();
    await paste(globex, code);
    await acceptAt(globex, id);
    const open = await inviteFrom(acme, globex, 'Second');
    const second = await codeOf(acme, open.id);
    await farewell(acme.ports);
    expect(await statusAt(globex, id)).toBe('Deleted / -');
    expect(await activityAt(globex, id)).toContain('The app was removed from acme Jira');
    await expect(paste(globex, second)).rejects.toThrow('withdrawn');
    expect([...acme.secrets.values.keys()].filter((name) => name.startsWith('connection:'))).toEqual([]);
  });

  test('a goodbye that nobody takes is tried ever more rarely and given up after a week', async () => {
    const { world, acme, globex, id, code } = await invited();
    await paste(globex, code);
    await acceptAt(globex, id);
    world.down.add('globex');
    await deleteConnection(acme.ports, { id });
    const waits = () => rowsOf(acme).some(({ name }) => name.includes(`parcel:goodbye:${id}`));
    let attempts = 0;
    const { transport } = acme.ports;
    const counting = { ...acme.ports, transport: { ...transport, send: countingSend } };
    function countingSend(...sent: Parameters<typeof transport.send>) {
      attempts += 1;
      return transport.send(...sent);
    }
    for (let sweep = 0; sweep < 8 * 24 * 12 && waits(); sweep += 1) {
      world.now += 5 * 60_000;
      await tendConnections(counting);
    }
    expect(waits()).toBe(false);
    expect(attempts).toBeGreaterThan(10);
    expect(attempts).toBeLessThan(30);
  });

  test('a living synchronization cannot be taken off the list, a waiting one not deleted', async () => {
    const { acme, globex, id, code } = await invited();
    await paste(globex, code);
    await expect(removeRecord(acme.ports, { id })).rejects.toThrow('Only a rejected or deleted');
    await expect(deleteConnection(globex.ports, { id })).rejects.toThrow('accept or reject');
    await expect(removeRecord(globex.ports, { id: 'no-such-id' })).rejects.toThrow('does not exist');
  });
});

describe('bad input', () => {
  test.each([
    ['a URL with a path', { partnerUrl: 'https://globex.atlassian.net/jira' }, 'partnerUrl'],
    ['its own URL', { partnerUrl: 'https://acme.atlassian.net' }, 'partnerUrl'],
    ['an empty name', { name: ' \u200b ' }, 'name'],
    ['a name of 5,000 characters', { name: 'x'.repeat(5_000) }, 'name'],
    [
      'an empty Show only selected',
      { scope: { ...everything, projects: { mode: 'show' as const, ids: [] } } },
      'scope',
    ],
  ])('%s is refused at its field, and nothing is stored', async (_what, wrong, field) => {
    const acme = connectWorld().site('acme');
    const request = {
      name: 'Support',
      description: '',
      partnerUrl: 'https://globex.atlassian.net',
      scope: everything,
      accountId: 'ada',
    };
    await expect(invite(acme.ports, { ...request, ...wrong })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    });
    expect((await listSynchronizations(acme.ports)).synchronizations).toEqual([]);
  });
});
