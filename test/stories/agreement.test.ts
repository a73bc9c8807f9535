/** Stories of two admins who agree: confirm, share catalogs, publish, complete, narrow, and what only the primary may do. */
import { confirmContract } from '#engine/agree/confirm-contract';
import { matchAlike } from '#engine/agree/match-alike';
import { publish } from '#engine/agree/publish';
import { readAgreedContract } from '#engine/agree/read-contract';
import { saveDraft } from '#engine/agree/save-draft';
import { getSynchronization } from '#engine/ask/get-synchronization';
import { readActivity } from '#engine/ask/read-activity';
import { readEditor } from '#engine/ask/read-editor';
import { readNewOptions } from '#engine/ask/read-new-options';
import { accept } from '#engine/connect/accept';
import { confirmPartner } from '#engine/connect/confirm-partner';
import { deleteConnection } from '#engine/connect/delete-connection';
import { invite } from '#engine/connect/invite';
import { readCode } from '#engine/connect/read-code';
import { receiveCode } from '#engine/connect/receive-code';
import { previewScope, setScope } from '#engine/connect/set-scope';
import { withdraw } from '#engine/connect/withdraw';
import { postControl } from '#engine/post-control';
import { tendConnections } from '#engine/tend-connections';
import { readConnection } from '#engine/update-connection';
import { settle } from '../support/connect-settle';
import { connectWorld, rowsOf, type TestSite, type TestWorld } from '../support/connect-world';

const all = { mode: 'all' as const, ids: [] };
const everything = { projects: all, issueTypes: all };
const fresh = { existing: { mode: 'new' as const }, startWhenAgreed: true };

async function joined(world: TestWorld = connectWorld()) {
  const acme = world.site('acme');
  const globex = world.site('globex');
  const request = { name: 'Support', description: '', partnerUrl: globex.url, scope: everything };
  const { id } = await invite(acme.ports, { ...request, accountId: 'ada' });
  const { code } = await readCode(acme.ports, { id });
  await receiveCode(globex.ports, { code, accountId: 'bob' });
  await accept(globex.ports, { id, name: 'Support', description: '', scope: hiding(globex, 'SEC') });
  return { world, acme, globex, id };
}

function hasRow(site: TestSite, name: string): boolean {
  return rowsOf(site).some((row) => row.name === name);
}

/** A scope that hides one project. */
function hiding(site: TestSite, key: string) {
  const ids = site.name === 'globex' && key === 'SEC' ? ['2101'] : [];
  return { projects: { mode: 'hide' as const, ids }, issueTypes: all };
}

async function confirmed() {
  const story = await joined();
  await confirmPartner(story.acme.ports, { id: story.id });
  await settle(story.acme, story.globex);
  return story;
}

async function statusAt(site: TestSite, id: string): Promise<string> {
  const { status } = await getSynchronization(site.ports, { id });
  return `${status.status} / ${status.sync ?? '-'}`;
}

async function matched(acme: TestSite, id: string) {
  const { mine, partner } = await readEditor(acme.ports, { id });
  const own = mine.projects[0]?.id ?? '';
  const theirs = partner?.projects[0]?.id ?? '';
  return matchAlike(acme.ports, { id, mine: own, theirs });
}

async function activityAt(site: TestSite, id: string): Promise<string> {
  const { entries } = await readActivity(site.ports, { id });
  return entries.map((entry) => entry.text).join('\n');
}

describe('confirm partner', () => {
  test('before both have confirmed no catalog flows; afterwards each sees the other within its scope', async () => {
    const { acme, globex, id } = await joined();
    await settle(acme, globex);
    await expect(readEditor(globex.ports, { id })).rejects.toThrow('confirm the partner');
    expect(hasRow(acme, `contract/${id}:partnerCatalog`)).toBe(false);
    await confirmPartner(acme.ports, { id });
    await confirmPartner(acme.ports, { id });
    await settle(acme, globex);
    const here = await readEditor(acme.ports, { id });
    expect(here.partner?.projects.map((project) => project.key)).toEqual(['SUP']);
    expect(here.mine.projects.map((project) => project.key)).toEqual(['SUP', 'SEC']);
    const there = await readEditor(globex.ports, { id });
    expect(there.partner?.projects.map((project) => project.key)).toEqual(['SUP', 'SEC']);
    expect(await statusAt(acme, id)).toBe('Not configured / Stopped');
    expect(await statusAt(globex, id)).toBe('Not configured / Stopped');
  });

  test('a new scope shows the partner a new catalog; an empty one is refused; affected mappings are named', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    await publish(acme.ports, { id, mappings: [mapping], note: 'First', ...fresh });
    const none = { projects: { mode: 'show' as const, ids: [] }, issueTypes: all };
    await expect(setScope(acme.ports, { id, scope: none })).rejects.toThrow('would share nothing');
    const hidden = { projects: { mode: 'hide' as const, ids: [mapping.mine ?? ''] }, issueTypes: all };
    expect(await previewScope(acme.ports, { id, scope: hidden })).toEqual({ affected: [mapping.label] });
    expect(await previewScope(acme.ports, { id, scope: everything })).toEqual({ affected: [] });
    await setScope(acme.ports, { id, scope: hidden });
    await settle(acme, globex);
    const { partner } = await readEditor(globex.ports, { id });
    expect(partner?.projects.map((project) => project.key)).toEqual(['SEC']);
    const again = { id, mappings: [mapping], note: 'Again', ...fresh };
    await expect(publish(acme.ports, again)).rejects.toThrow('your scope hides it');
  });
});

describe('agree and start', () => {
  test('matched, published, completed as suggested: both run', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    expect(await saveDraft(acme.ports, { id, mappings: [mapping] })).toEqual({ findings: [] });
    expect((await readEditor(acme.ports, { id })).pending).toBe(true);
    const request = { id, mappings: [mapping], note: 'Shall we share bugs?', ...fresh };
    expect(await publish(acme.ports, request)).toEqual({ revision: 1 });
    await settle(acme, globex);
    expect(await statusAt(acme, id)).toBe('Not configured / Waiting for secondary');
    expect(await statusAt(globex, id)).toBe('Not configured / Update required');
    const editor = await readEditor(globex.ports, { id });
    expect(editor).toMatchObject({
      role: 'secondary',
      revision: 1,
      note: 'Shall we share bugs?',
      pending: true,
    });
    expect(editor.mappings[0]?.mine).toBe(mapping.theirs);
    await confirmContract(globex.ports, { id, revision: 1, mappings: editor.mappings, ...fresh });
    await settle(acme, globex);
    for (const site of [acme, globex]) {
      expect(await statusAt(site, id)).toBe('Active / Running');
      const row = await readConnection(site.ports, id);
      expect(row).toMatchObject({ agreedRevision: 1, run: { here: 'started', there: 'started' } });
    }
    expect((await getSynchronization(acme.ports, { id })).direction).toBe('both');
  });

  test('the secondary narrows: both sites compute the same contract', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    await publish(acme.ports, { id, mappings: [mapping], note: 'First', ...fresh, startWhenAgreed: false });
    await settle(acme, globex);
    const { mappings } = await readEditor(globex.ports, { id });
    const narrowed = mappings.map((one) => ({
      ...one,
      fields: one.fields.map((field) => (field.kind === 'labels' ? { ...field, mine: undefined } : field)),
    }));
    await confirmContract(globex.ports, {
      id,
      revision: 1,
      mappings: narrowed,
      ...fresh,
      startWhenAgreed: false,
    });
    await settle(acme, globex);
    const rows = await Promise.all([acme, globex].map((site) => readConnection(site.ports, id)));
    const contracts = await Promise.all(
      [acme, globex].map((site, index) => {
        const row = rows[index];
        return row && readAgreedContract(site.ports, row);
      }),
    );
    expect(contracts[0]).toEqual(contracts[1]);
    expect(contracts[0]?.mappings[0]?.fields.map((field) => field.kind)).not.toContain('labels');
    expect(await statusAt(acme, id)).toBe('Active / Stopped');
    // The primary still edits what it published; the secondary still sees what it left out as left out.
    const primary = await readEditor(acme.ports, { id });
    expect(primary.mappings[0]?.fields.some((field) => field.kind === 'labels')).toBe(true);
    const secondary = await readEditor(globex.ports, { id });
    const labels = secondary.mappings[0]?.fields.find((field) => field.kind === 'labels');
    expect(labels?.mine).toBeUndefined();
  });

  test('a newer revision waits while the agreed one stays in force', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    await publish(acme.ports, { id, mappings: [mapping], note: 'First', ...fresh });
    await settle(acme, globex);
    const { mappings } = await readEditor(globex.ports, { id });
    await confirmContract(globex.ports, { id, revision: 1, mappings, ...fresh });
    await settle(acme, globex);
    const changed = { ...mapping, comments: 'off' as const };
    await publish(acme.ports, { id, mappings: [changed], note: 'No comments', ...fresh });
    await settle(acme, globex);
    expect(await statusAt(acme, id)).toBe('Active / Waiting for secondary');
    expect(await statusAt(globex, id)).toBe('Active / Update required');
    const row = await readConnection(globex.ports, id);
    expect(row).toMatchObject({ agreedRevision: 1, latestRevision: 2, run: { here: 'started' } });
    expect(row && (await readAgreedContract(globex.ports, row))?.mappings[0]?.comments).toBe('both');
    const old = { id, revision: 1, mappings, ...fresh };
    await expect(confirmContract(globex.ports, old)).rejects.toThrow('published again');
  });

  test('what cannot work is not published, and a note is required', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    const request = { id, mappings: [mapping], note: 'First', ...fresh };
    await expect(publish(acme.ports, { ...request, note: '  ' })).rejects.toMatchObject({
      fields: { note: 'Tell your partner what you changed.' },
    });
    const gone = {
      ...mapping,
      fields: mapping.fields.map((field) => ({ ...field, mine: 'customfield_404' })),
    };
    await expect(publish(acme.ports, { ...request, mappings: [gone] })).rejects.toThrow(
      'does not exist here',
    );
    const jql = { mode: 'jql' as const, jql: 'project' };
    await expect(publish(acme.ports, { ...request, existing: jql })).rejects.toThrow('does not understand');
    await settle(acme, globex);
    expect(await readConnection(globex.ports, id)).toMatchObject({ latestRevision: 0 });
  });
});

describe('a crash in the middle', () => {
  test('what was published but not told is told by the next sweep', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    // The store goes away right after the row says that revision 1 is published.
    const { transact } = acme.store;
    const dying: TestSite['ports']['store'] = {
      ...acme.store,
      transact: async (operations) => {
        if (hasRow(acme, `contract/${id}:published`)) throw new Error('The function was killed.');
        return transact(operations);
      },
    };
    const request = { id, mappings: [mapping], note: 'First', ...fresh };
    await expect(publish({ ...acme.ports, store: dying }, request)).rejects.toThrow('killed');
    acme.woken.length = 0;
    expect(await readConnection(globex.ports, id)).toMatchObject({ latestRevision: 0 });
    await tendConnections(acme.ports);
    await settle(acme, globex);
    expect(await readConnection(globex.ports, id)).toMatchObject({ latestRevision: 1 });
    expect((await readConnection(acme.ports, id))?.termsDue).toBeUndefined();
  });
});

describe('only the primary', () => {
  test('a secondary that publishes, matches, or adds a mapping is refused, and it is on record', async () => {
    const { acme, globex, id } = await confirmed();
    const mapping = await matched(acme, id);
    const request = { id, mappings: [mapping], note: 'Mine', ...fresh };
    await expect(publish(globex.ports, request)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(matchAlike(globex.ports, { id, mine: '2100', theirs: '1100' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(saveDraft(globex.ports, { id, mappings: [mapping] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await publish(acme.ports, request);
    await settle(acme, globex);
    const { mappings } = await readEditor(globex.ports, { id });
    const more = [...mappings, { ...mapping, id: 'm-mine', label: 'My own' }];
    const confirm = { id, revision: 1, mappings: more, ...fresh };
    await expect(confirmContract(globex.ports, confirm)).rejects.toThrow(
      'only the primary can add a mapping',
    );
    expect(await activityAt(globex, id)).toContain('Refused a change of terms');
    expect(await readConnection(globex.ports, id)).toMatchObject({ agreedRevision: 0, bindings: [] });
  });

  test('a modified app of the secondary that publishes or confirms anyway changes nothing over here', async () => {
    const { acme, globex, id } = await confirmed();
    const contract = { revision: 7, note: 'Mine now', mappings: [] };
    await postControl(globex.ports, id, { op: 'contract.publish', contract, proposal: [] });
    await postControl(globex.ports, id, { op: 'contract.confirm', revision: 3, mappings: [] });
    await settle(acme, globex);
    expect(await readConnection(acme.ports, id)).toMatchObject({ latestRevision: 0, agreedRevision: 0 });
    const log = await activityAt(acme, id);
    expect(log).toContain('tried to publish terms');
    expect(log).toContain('never published');
  });
});

describe('known partner', () => {
  test('an invitation to a verified partner needs no code and no words; withdrawn ones are told', async () => {
    const { acme, globex, id } = await confirmed();
    expect((await readNewOptions(acme.ports)).knownPartners).toEqual([globex.url]);
    const request = { description: '', partnerUrl: acme.url, scope: everything, accountId: 'bob' };
    const second = await invite(globex.ports, { ...request, name: 'Second' });
    expect(second.delivered).toBe(true);
    expect(second.note).toContain('No code is needed');
    expect(await statusAt(acme, second.id)).toBe('Invitation received / -');
    await accept(acme.ports, { id: second.id, name: 'Second', description: '', scope: everything });
    await settle(acme, globex);
    for (const site of [acme, globex]) {
      expect(await statusAt(site, second.id)).toBe('Not configured / Stopped');
      expect((await readConnection(site.ports, second.id))?.vouched).toBe('knownPartner');
      expect((await readEditor(site.ports, { id: second.id })).partner).not.toBeNull();
    }
    expect((await readConnection(globex.ports, second.id))?.role).toBe('primary');
    const third = await invite(globex.ports, { ...request, name: 'Third' });
    await withdraw(globex.ports, { id: third.id });
    expect(await statusAt(acme, third.id)).toBe('Deleted / -');
    await deleteConnection(acme.ports, { id });
    expect(await statusAt(globex, id)).toBe('Deleted / -');
    expect(await statusAt(globex, second.id)).toBe('Not configured / Stopped');
  });
});
