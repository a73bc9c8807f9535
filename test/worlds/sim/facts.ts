/** Two Jiras for random worlds: those of the stories with more options and fields. */
import { acmeFacts, type Choice, globexFacts, type SiteFacts } from '../site-facts';

/** Options of the select field; more than anybody chooses for one issue. */
const optionCount = 16;

function enlarged(facts: SiteFacts, name: string): SiteFacts {
  const first = facts.firstIssueId * 10;
  const options: Choice[] = Array.from({ length: optionCount }, (_, index) => {
    return { id: String(first + index * 3), name: `${name} ${index}` };
  });
  const freeFields = [0, 1, 2].map((index) => `customfield_${facts.firstIssueId + index}`);
  return { ...facts, options, freeFields };
}

export const simAcme = enlarged(acmeFacts, 'Red');
export const simGlobex = enlarged(globexFacts, 'Rouge');

/** Projects that a mapping may share, by its id. */
export function projectOf(facts: SiteFacts, mapping: string): SiteFacts['project'] {
  return mapping === 'm1' ? facts.project : facts.privateProject;
}
