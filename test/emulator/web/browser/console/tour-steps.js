// The steps of the tour, in the product's own words.

const page = () => `/jira/settings/apps/${window.emulatorConsole.adminPage}`;
const newest = () => '/issues/?jql=created%20%3E%3D%20-30d%20ORDER%20BY%20created%20DESC';
const atAcme = (path, text = 'Show me on acme') => ({ site: 'acme', path, text });
const atGlobex = (path, text = 'Show me on globex') => ({ site: 'globex', path, text });

const both = (seen, test) => Boolean(seen.acme && seen.globex && test(seen.acme) && test(seen.globex));
const invited = (each) => Boolean(each);
const accepted = (each) => ['Not configured', 'Active'].includes(each.status.status);
const confirmed = (each) => accepted(each) && each.status.sync !== 'Handshake';
const running = (each) => each.status.sync === 'Running';
const count = (each, name) => each?.detail?.counts?.[name] ?? 0;

/** `check(seen)` gets what tour-observe.js saw. */
export const STEPS = [
  {
    id: 'invite',
    title: 'Invite globex from acme',
    text: [
      'An administrator of acme opens Settings > Apps > Synchronizations and presses New synchronization.',
      'Give it a name, type https://globex.atlassian.net as the partner, leave the scope on Show all, and send the invitation.',
    ],
    show: [atAcme(page)],
    check: (seen) => invited(seen.acme),
  },
  {
    id: 'accept',
    title: 'Accept on globex',
    text: [
      'The invitation has arrived over there. Press Next, choose what acme may see of globex, and accept.',
      'Acme is told at once; look at the messages below.',
    ],
    show: [atGlobex(page)],
    check: (seen) => both(seen, accepted),
  },
  {
    id: 'words',
    title: 'Compare six words',
    text: [
      'Both sides show the same six words, made from both keys. Two people would read them to each other by telephone.',
      'Press Confirm partner where it is offered. No issue leaves a site before that.',
    ],
    show: [atAcme(page), atGlobex(page)],
    check: (seen) => both(seen, confirmed),
  },
  {
    id: 'agree',
    title: 'Agree and start',
    text: [
      'On acme, which is the primary, press Configure, pick one project on each side and Match what is alike. Publish it with a note.',
      'On globex the revision waits to be imported: look at it and confirm. With Start when agreed ticked, both sides run.',
    ],
    show: [atAcme(page), atGlobex(page)],
    check: (seen) => both(seen, running),
  },
  {
    id: 'create',
    title: 'Create an issue on acme',
    text: [
      'Press Create in the top bar of acme. Choose the project of the mapping, write a summary and a description with a list, choose a label and a priority.',
      'A moment later its twin stands on globex, rich text and all.',
    ],
    show: [atAcme(() => '/jira/projects'), atGlobex(newest)],
    check: (seen) => count(seen.acme, 'sent') > 0 && count(seen.globex, 'received') > 0,
  },
  {
    id: 'answer',
    title: 'Comment and move it on globex',
    text: ['Open the twin on globex. Add a comment, then change its status. Both come back to acme.'],
    show: [atGlobex(newest), atAcme(newest)],
    check: (seen) => count(seen.globex, 'sent') > 0 && count(seen.acme, 'received') > 0,
  },
  {
    id: 'stop',
    title: 'Stop, edit, start',
    text: [
      'Stop the synchronization from its ••• menu on acme. Edit the issue on both sites while it is stopped.',
      'Start it again: what happened meanwhile travels now, and nothing is lost.',
    ],
    show: [atAcme(page), atAcme(newest, 'Issues of acme')],
    check: (seen) => seen.history.stoppedAfterRunning && both(seen, running),
  },
  {
    id: 'panel',
    title: 'Ask an issue where it stands',
    text: [
      'Every issue has a panel Synchronizations. It names the twin, says when something was last sent, and can sync now.',
    ],
    show: [atAcme(newest)],
    check: (seen) => seen.history.panel,
  },
];
