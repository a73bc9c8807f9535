/** How people and groups read in answers. */
import type { UserRow } from '../entities';
import { isDataCenter, type Session, selfUrl, siteUrl } from '../world';

/** Addresses of a picture by size, in the form avatar servers use. */
export function avatarUrls(id: string): Record<string, string> {
  const name = encodeURIComponent(id.replace(/[^A-Za-z0-9]/g, '').slice(-12));
  const base = `https://avatar-management--avatars.us-west-2.prod.public.atl-paas.net/initials/${name}.png`;
  return {
    '48x48': `${base}?size=48`,
    '24x24': `${base}?size=24`,
    '16x16': `${base}?size=16`,
    '32x32': `${base}?size=32`,
  };
}

/** A person on Data Center: name and key instead of an account id, and the mail address is always shown. */
function renderServerUser(session: Session, user: UserRow): Record<string, unknown> {
  const picture = (size: string) => siteUrl(session, `/secure/useravatar?${size}avatarId=10122`);
  return {
    self: selfUrl(session, `user?username=${encodeURIComponent(user.username ?? user.id)}`),
    name: user.username ?? user.id,
    key: user.id,
    emailAddress: user.email,
    avatarUrls: {
      '48x48': picture(''),
      '24x24': picture('size=small&'),
      '16x16': picture('size=xsmall&'),
      '32x32': picture('size=medium&'),
    },
    displayName: user.name,
    active: user.active,
    timeZone: user.timeZone,
  };
}

/** A person as authors, assignees and reporters are shown. The address is shown only when the profile allows or to oneself. */
export function renderUser(session: Session, user: UserRow): Record<string, unknown> {
  if (isDataCenter(session)) return renderServerUser(session, user);
  const showMail = user.accountType === 'atlassian' && (user.emailVisible || session.me?.id === user.id);
  return {
    self: selfUrl(session, `user?accountId=${encodeURIComponent(user.id)}`),
    accountId: user.id,
    ...(showMail ? { emailAddress: user.email } : {}),
    avatarUrls: avatarUrls(user.id),
    displayName: user.name,
    active: user.active,
    timeZone: user.timeZone,
    accountType: user.accountType,
  };
}

/** A person by id; accounts that are gone read as former users. */
export function renderUserIn(session: Session, id: string): Record<string, unknown> {
  const user = session.store.users.get(id);
  if (user !== undefined) return renderUser(session, user);
  return {
    self: selfUrl(session, `user?accountId=${encodeURIComponent(id)}`),
    accountId: id,
    avatarUrls: avatarUrls(id),
    displayName: 'Former user',
    active: false,
    timeZone: 'Etc/GMT',
    accountType: 'unknown',
  };
}

/** The profile with locale and the sizes of group and role lists, as `GET /user` and `/myself` give it. */
export function renderProfile(session: Session, user: UserRow, expand: string): Record<string, unknown> {
  const wants = expand.split(',');
  return {
    ...renderUser(session, user),
    locale: user.locale,
    groups: {
      size: user.groupIds.length,
      items: wants.includes('groups') ? user.groupIds.map((id) => renderGroup(session, id)) : [],
    },
    applicationRoles: { size: user.accountType === 'app' ? 0 : 1, items: [] },
    expand: 'groups,applicationRoles',
  };
}

export function renderGroup(session: Session, id: string): Record<string, unknown> {
  if (isDataCenter(session)) {
    const { name } = session.store.groups.must(id);
    return { name, self: selfUrl(session, `group?groupname=${encodeURIComponent(name)}`) };
  }
  return {
    name: session.store.groups.must(id).name,
    groupId: id,
    self: selfUrl(session, `group?groupId=${id}`),
  };
}
