/** How people know the partner: the title of its site, or its host. */
import type { Connection } from '../rows/connection';

export function partnerName({ partner }: Connection): string {
  return partner.title ?? partner.siteUrl.replace(/^https:\/\//, '');
}
