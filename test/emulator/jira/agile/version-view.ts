/** A version as boards list it: numbers for ids, moments for days. */
import type { VersionRow } from '../entities';
import { type Session, siteUrl } from '../world';

export function renderAgileVersion(session: Session, version: VersionRow): Record<string, unknown> {
  const moment = (day: string) => `${day}T00:00:00.000Z`;
  return {
    self: siteUrl(session, `/rest/agile/1.0/version/${version.id}`),
    id: Number(version.id),
    projectId: Number(version.projectId),
    name: version.name,
    description: version.description,
    archived: version.archived,
    released: version.released,
    ...(version.startDate === undefined ? {} : { startDate: moment(version.startDate) }),
    ...(version.releaseDate === undefined ? {} : { releaseDate: moment(version.releaseDate) }),
  };
}
