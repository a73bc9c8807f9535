/** What people do in Jira's own pages: create, comment, move. */
import type { Locator, Page } from 'playwright-core';
import type { IssueRef } from './issues';
import type { RunningApp, SiteKey } from './running-app';

const at = (page: Page, testId: string): Locator => page.locator(`[data-testid="${testId}"]`);

export interface NewIssue {
  project: string;
  type: string;
  summary: string;
  /** In the page's notation: `## heading`, `- item`, `**strong**`. */
  description: string;
  labels: string;
  priority: string;
}

export async function createByHand(
  app: RunningApp,
  site: SiteKey,
  page: Page,
  issue: NewIssue,
): Promise<IssueRef> {
  await page.goto(`${app.sites[site].baseUrl}/jira/your-work`);
  await at(page, 'create-issue').click();
  await at(page, 'field-project').selectOption(issue.project);
  await at(page, 'field-issuetype').locator('option', { hasText: issue.type }).waitFor({ state: 'attached' });
  await at(page, 'field-issuetype').selectOption({ label: issue.type });
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await at(page, 'field-labels').waitFor();
  await at(page, 'field-summary').fill(issue.summary);
  await at(page, 'field-description').fill(issue.description);
  await at(page, 'field-labels').fill(issue.labels);
  await at(page, 'field-priority').selectOption({ label: issue.priority });
  await at(page, 'create-dialog-submit').click();
  await at(page, 'flag')
    .getByRole('button', { name: /^Open / })
    .click();
  await at(page, 'issue-key').waitFor();
  const key = (await at(page, 'issue-key').innerText()).trim();
  const { body } = await app.rest(site, 'GET', `issue/${key}?fields=summary`);
  return { id: String(body['id']), key };
}

export async function commentByHand(
  app: RunningApp,
  site: SiteKey,
  page: Page,
  key: string,
  text: string,
): Promise<void> {
  await page.goto(`${app.sites[site].baseUrl}/browse/${key}`);
  await at(page, 'add-comment').click();
  await at(page, 'comment-body').fill(text);
  await at(page, 'save-comment').click();
  await at(page, 'comment').first().waitFor();
}

/** The issue is open already. */
export async function moveByHand(page: Page, transition: RegExp, status: string): Promise<void> {
  await at(page, 'status-button').click();
  await page.locator('[data-testid^="transition-"]').filter({ hasText: transition }).first().click();
  await at(page, 'status-name').filter({ hasText: status }).waitFor();
}
