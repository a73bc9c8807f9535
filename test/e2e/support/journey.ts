/**
 * The main job in a browser, on the shipped bundle: invite, compare words, confirm, agree and start; create, comment and
 * move issues on both sites; stop, edit while stopped, start; reject, withdraw, delete, remove record.
 */
import type { StartWorldOptions } from '../../emulator/start-world';
import { openBrowser, type TestBrowser } from '../../support/browser';
import { type Admin, type Count, openAdmin } from './admin-browser';
import { twinOf } from './compare';
import { editIssue, type IssueRef, paragraphs } from './issues';
import { commentByHand, createByHand, moveByHand } from './jira-by-hand';
import { listOf, pastFirstRetry, type RunningApp, startApp } from './running-app';

export interface Conditions {
  world: StartWorldOptions;
  /** Clicks, choices and fields from the two empty lists to Running on both. */
  mostInteractions: number;
}

/** Defines the tests of one journey under these conditions; they build on each other. */
export function describeJourney(conditions: Conditions): void {
  let app: RunningApp;
  let chrome: TestBrowser;
  let acme: Admin;
  let globex: Admin;
  const count: Count = { interactions: [] };
  let id = '';
  let issue: IssueRef;
  let twin = '';

  beforeAll(async () => {
    [app, chrome] = await Promise.all([startApp(conditions.world), openBrowser()]);
    [acme, globex] = await Promise.all([
      openAdmin(app, chrome, 'acme', count),
      openAdmin(app, chrome, 'globex', count),
    ]);
  }, 180_000);
  afterAll(async () => {
    await chrome.close();
    await app.stop();
  });

  async function synchronizationNamed(site: 'acme' | 'globex', name: string) {
    const { synchronizations } = await app.call(site, 'list', {});
    return synchronizations.find((row) => row.name === name);
  }

  describe('from the empty list on both sites to Running on both', () => {
    it('invites by the address of the site', async () => {
      await acme.openSynchronizations();
      await acme.at('list-new').waitFor();
      await acme.picture('list-empty');
      await acme.click('list-new');
      await acme.fill('invite-url', app.sites.globex.publicUrl);
      await acme.picture('new-synchronization');
      await acme.click('invite-send');
      await acme.app.getByText('Invitation sent', { exact: true }).waitFor();
      await acme.picture('invitation-sent');
      id = (await app.call('acme', 'list', {})).synchronizations[0]?.id ?? '';
      expect(id).not.toBe('');
    }, 300_000);

    it('accepts on the other site', async () => {
      await globex.openSynchronizations();
      await globex.app.getByText('Invitation received', { exact: true }).waitFor();
      await globex.click(`next-${id}`);
      await globex.at('accept').waitFor();
      await globex.picture('invitation-received');
      await globex.click('accept');
      await globex.at('words').waitFor();
    }, 300_000);

    it('compares the same six words and confirms on both sites', async () => {
      await globex.picture('confirm-partner');
      const there = await globex.at('words').innerText();
      await acme.click(`next-${id}`);
      await acme.at('words').waitFor();
      expect(await acme.at('words').innerText()).toBe(there);
      await acme.click('confirm-partner');
      await globex.click('confirm-partner');
      await acme.app.getByText('Not configured', { exact: true }).first().waitFor();
    }, 300_000);

    it('agrees and starts', async () => {
      await acme.click('next');
      await acme.at('editor-mine-project').waitFor();
      await acme.choose('editor-mine-project', 'Customer Support');
      await acme.choose('editor-theirs-project', 'Service Desk');
      await acme.app.locator('[data-testid^="field-"]').first().waitFor();
      await acme.picture('mapping-editor');
      await acme.click('agree-and-start');
      await globex.app.getByText('Update required', { exact: true }).first().waitFor();
      await globex.click('next');
      await globex.at('import-accept').waitFor();
      await globex.picture('import');
      await globex.click('import-accept');
      await globex.app.getByText('Running', { exact: true }).first().waitFor();
      await acme.app.getByText('Running', { exact: true }).first().waitFor();
      await acme.picture('running');
      console.log(
        `interactions from the empty lists to Running on both: ${count.interactions.length}\n${count.interactions.join('\n')}`,
      );
      expect(count.interactions.length).toBeLessThanOrEqual(conditions.mostInteractions);
    }, 300_000);
  });

  describe('while it runs', () => {
    it('brings a new issue with rich text, label and priority to the other site', async () => {
      issue = await createByHand(app, 'acme', acme.page, {
        project: 'SUP',
        type: 'Bug',
        summary: 'Labels are printed twice',
        description: '## What happens\n\nEvery label **twice**\n\n- since 5.8',
        labels: 'printing',
        priority: 'High',
      });
      await app.settle(pastFirstRetry);
      twin = String(await twinOf(app, 'acme', issue));
      expect(twin).toMatch(/^GSD-\d+$/);
      const { body } = await app.rest('globex', 'GET', `issue/${twin}`);
      expect(body['fields']).toMatchObject({
        summary: 'Labels are printed twice',
        labels: ['printing'],
        priority: { name: 'High' },
        issuetype: { name: 'Defect' },
      });
      expect(JSON.stringify(body['fields']?.['description'])).toContain('"type":"bulletList"');
    }, 300_000);

    it('brings a comment and a move back', async () => {
      await commentByHand(app, 'globex', globex.page, twin, 'We can reproduce it.');
      await moveByHand(globex.page, /Analysis/, 'Analysis');
      await app.settle(pastFirstRetry);
      const { body } = await app.rest('acme', 'GET', `issue/${issue.key}`);
      expect(String(body['fields']?.['status']?.['name'])).toBe('In Progress');
      const comments = listOf(body['fields']?.['comment']?.['comments']);
      expect(comments).toHaveLength(1);
      expect(JSON.stringify(comments[0])).toContain('We can reproduce it.');
      expect(JSON.stringify(comments[0])).toContain('Grace Hill');
    }, 300_000);

    it('names the twin in the issue panel of both sites', async () => {
      for (const [admin, key, other] of [
        [acme, issue.key, twin],
        [globex, twin, issue.key],
      ] as const) {
        await admin.page.goto(`${app.sites[admin.site].baseUrl}/browse/${key}`);
        await admin.at('panel-partner-key').waitFor();
        expect((await admin.at('panel-partner-key').innerText()).trim()).toBe(other);
        await admin.picture(`issue-panel-${admin.site}`);
      }
    }, 300_000);

    it('loses nothing that is edited while stopped', async () => {
      await acme.openSynchronizations();
      await acme.click(`menu-${id}`);
      await acme.click('action-stop');
      await acme.click('stop-confirm');
      await acme.app.getByText('Stopped', { exact: true }).first().waitFor();
      await app.settle();
      await editIssue(app, 'acme', issue.key, { summary: 'Labels are printed three times' });
      await editIssue(app, 'globex', twin, { description: paragraphs('Found the cause.') });
      await app.settle();
      const before = await app.rest('globex', 'GET', `issue/${twin}?fields=summary`);
      expect(String(before.body['fields']?.['summary'])).toBe('Labels are printed twice');
      await acme.click(`next-${id}`);
      await acme.app.getByText('Running', { exact: true }).first().waitFor();
      await app.settle(pastFirstRetry);
      const here = await app.rest('acme', 'GET', `issue/${issue.key}?fields=summary,description`);
      const there = await app.rest('globex', 'GET', `issue/${twin}?fields=summary,description`);
      expect(String(there.body['fields']?.['summary'])).toBe('Labels are printed three times');
      expect(JSON.stringify(here.body['fields']?.['description'])).toContain('Found the cause.');
    }, 300_000);
  });

  describe('the other ways of an invitation', () => {
    it('needs no words between partners who know each other, and a rejection tells its reason', async () => {
      await invite('Second thoughts');
      const second = await synchronizationNamed('acme', 'Second thoughts');
      await globex.openSynchronizations();
      await globex.click(`next-${second?.id}`);
      await globex.click('reject');
      await globex.fill('reject-reason', 'We have one already.');
      await globex.click('reject-confirm');
      await app.settle(10_000);
      const told = await app.call('acme', 'get', { id: String(second?.id) });
      expect(told.status.status).toBe('Rejected');
      expect(told.rejection).toMatchObject({ by: 'partner', reason: 'We have one already.' });
      await removeRecord(String(second?.id));
    }, 300_000);

    it('is worthless once withdrawn', async () => {
      await invite('Too early');
      const early = await synchronizationNamed('acme', 'Too early');
      await acme.openSynchronizations();
      await acme.click(`menu-${early?.id}`);
      await acme.click('action-withdraw');
      await acme.click('withdraw-confirm');
      await acme.app.getByText('Deleted', { exact: true }).first().waitFor();
      await app.settle(10_000);
      const answer = await app.tryCall('globex', 'accept', {
        id: early?.id,
        name: 'x',
        description: '',
        scope: { projects: { mode: 'all', ids: [] }, issueTypes: { mode: 'all', ids: [] } },
      });
      expect(answer.ok).toBe(false);
    }, 300_000);

    it('tells the partner of a deletion and lets both remove the record', async () => {
      await acme.openSynchronizations();
      await acme.click(`menu-${id}`);
      await acme.click('action-delete');
      await acme.picture('delete');
      await acme.click('delete-confirm');
      await app.settle(10_000);
      const there = await app.call('globex', 'get', { id });
      expect(there.status.status).toBe('Deleted');
      await removeRecord(id);
      const after = await app.call('acme', 'list', {});
      expect(after.synchronizations.map((row) => row.id)).not.toContain(id);
    }, 300_000);
  });

  async function invite(name: string): Promise<void> {
    await acme.openSynchronizations();
    await acme.click('list-new');
    await acme.fill('invite-url', app.sites.globex.publicUrl);
    await acme.fill('invite-name', name);
    await acme.click('invite-send');
    await acme.app.getByText(name).first().waitFor();
    await app.settle(10_000);
  }

  async function removeRecord(of: string): Promise<void> {
    await acme.openSynchronizations();
    await acme.click(`menu-${of}`);
    await acme.click('action-removeRecord');
    await acme.click('removeRecord-confirm');
    await acme.at(`row-${of}`).waitFor({ state: 'detached' });
  }
}
