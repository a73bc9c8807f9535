/** People of initech. Data Center knows them by user key; what they type to sign in is their nick. */
import type { UserSeed } from './seed-types';

type Person = Omit<UserSeed, 'accountId' | 'email' | 'username' | 'password'> & { number: number };

const PEOPLE: readonly Person[] = [
  {
    nick: 'bill',
    number: 10100,
    name: 'Bill Harper',
    timeZone: 'America/Chicago',
    admin: true,
    groups: ['jira-administrators', 'jira-software-users'],
  },
  {
    nick: 'petra',
    number: 10101,
    name: 'Petra Gomez',
    timeZone: 'America/Chicago',
    groups: ['jira-software-users', 'platform-team'],
  },
  {
    nick: 'samir',
    number: 10102,
    name: 'Samir Noor',
    timeZone: 'Europe/London',
    groups: ['jira-software-users', 'platform-team'],
  },
  {
    nick: 'milo',
    number: 10103,
    name: 'Milo Waters',
    timeZone: 'America/New_York',
    groups: ['jira-software-users'],
  },
  {
    nick: 'joan',
    number: 10104,
    name: 'Joan Avery',
    timeZone: 'America/Los_Angeles',
    groups: ['jira-software-users', 'report-readers'],
  },
  {
    nick: 'sync',
    number: 10105,
    name: 'Sync Agent',
    timeZone: 'Etc/UTC',
    groups: ['jira-software-users', 'platform-team'],
  },
  {
    nick: 'todd',
    number: 10106,
    name: 'Todd Lane',
    timeZone: 'America/Chicago',
    groups: ['jira-software-users'],
    inactive: true,
  },
];

export const INITECH_USERS: readonly UserSeed[] = PEOPLE.map(({ number, ...person }) => ({
  ...person,
  accountId: `JIRAUSER${number}`,
  email: `${person.nick}@initech.example`,
  username: person.nick,
  password: `${person.nick}-password`,
}));
