/** Which issues that exist already take part: checked against Jira before anything is agreed. */
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';

export type ExistingRequest =
  | { mode: 'new' }
  | { mode: 'jql'; jql: string }
  | { mode: 'one'; issueKey: string };

/** A query that Jira does not understand, or an issue that the app cannot see, is refused in words. */
export async function checkExisting(ports: Ports, choice: ExistingRequest): Promise<Connection['existing']> {
  switch (choice.mode) {
    case 'new':
      return { mode: 'new' };
    case 'jql': {
      const found = await ports.site.search(choice.jql, undefined);
      if (!found.ok) throw refuse(`Jira does not understand this query: ${found.failure.message}`);
      return { mode: 'jql', jql: choice.jql };
    }
    case 'one': {
      const issueKey = choice.issueKey.toUpperCase();
      const found = await ports.site.readIssue(issueKey, []);
      if (!found.ok) throw refuse(`The app cannot read ${issueKey}: ${found.failure.message}`);
      return { mode: 'one', issueKey: found.value.key, issueId: found.value.id };
    }
  }
}

function refuse(message: string): Refusal {
  return new Refusal('invalid', message, { existing: message });
}
