/** Match what is alike: proposes a whole mapping for one project of each site. */
import { matchProjects } from '#core/match/match-projects';
import type { DraftMapping } from '#core/model/draft';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { ownCatalog } from './own-catalog';
import { readDraft, readNewestContract, readPartnerCatalog } from './read-contract';
import { requirePrimary } from './require-partner';

/** Its id is new on this connection: the ids of mappings that exist, or existed, are taken. */
export async function matchAlike(
  ports: Ports,
  request: { id: string; mine: string; theirs: string },
): Promise<DraftMapping> {
  const row = await requirePrimary(ports, request.id);
  const catalog = await ownCatalog(ports, row);
  const mine = catalog.projects.find((project) => project.id === request.mine);
  if (mine === undefined) throw new Refusal('notFound', 'This project is not visible here any more.');
  const partner = await readPartnerCatalog(ports, row.id);
  if (partner === undefined) {
    throw new Refusal('notPossible', 'The partner has not shown its projects yet. Try again in a moment.');
  }
  const theirs = partner.catalog.projects.find((project) => project.id === request.theirs);
  if (theirs === undefined) throw new Refusal('notFound', 'The partner does not show this project any more.');
  const proposed = matchProjects(mine, theirs);
  const [draft, newest] = await Promise.all([readDraft(ports, row.id), readNewestContract(ports, row)]);
  const taken = [...(draft ?? []), ...(newest?.mappings ?? [])].map((mapping) => mapping.id);
  return taken.includes(proposed.id) ? { ...proposed, id: freshId(ports, proposed.id) } : proposed;
}

const idBytes = 4;
const longestStem = 50;

function freshId(ports: Ports, id: string): string {
  return `${id.slice(0, longestStem)}-${ports.random.id(idBytes)}`;
}
