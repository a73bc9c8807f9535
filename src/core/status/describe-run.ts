/** The run state of a synchronization whose partners trust each other. */
import type { StatusFacts } from './facts';
import type { StatusAction, StatusView } from './status-view';
import { ago, counted } from './words';

type Told = Pick<StatusView, 'sync' | 'syncTone' | 'qualifier'> & {
  nextAction?: StatusAction;
  more?: StatusAction[];
};

/** In order of urgency: a safety stop, a revision that waits, nothing agreed yet, stopped, running. */
export function describeRun(facts: StatusFacts): StatusView {
  const isActive = facts.enabledMappings > 0;
  const { more = [], ...told } = tell(facts);
  return {
    status: isActive ? 'Active' : 'Not configured',
    statusTone: isActive ? 'success' : 'info',
    ...told,
    actions: [...more, ...usualActions(facts).filter((action) => !more.includes(action))],
  };
}

function tell(facts: StatusFacts): Told {
  if (facts.brake !== undefined) {
    return {
      sync: 'Restart required',
      syncTone: 'danger',
      qualifier: facts.brake.text,
      nextAction: 'troubleshoot',
      more: ['troubleshoot'],
    };
  }
  if (facts.latestRevision > facts.agreedRevision) return tellRevision(facts);
  if (facts.enabledMappings === 0) return tellUnconfigured(facts);
  if (!facts.licensed || facts.run.here === 'stopped' || facts.run.there === 'stopped')
    return tellStopped(facts);
  return tellRunning(facts);
}

function tellRevision(facts: StatusFacts): Told {
  const meanwhile =
    facts.enabledMappings === 0
      ? ''
      : ` ${isRunning(facts) ? 'It runs on' : 'It stays stopped'} under revision ${facts.agreedRevision}.`;
  if (facts.role === 'primary') {
    return {
      sync: 'Waiting for secondary',
      syncTone: 'moving',
      qualifier: `${facts.partner} has not confirmed revision ${facts.latestRevision} yet.${meanwhile}`,
    };
  }
  const note = facts.note === undefined || facts.note === '' ? '' : `: ${facts.note.replace(/\.$/, '')}`;
  return {
    sync: 'Update required',
    syncTone: 'warning',
    qualifier: `${facts.partner} published revision ${facts.latestRevision}${note}.${meanwhile}`.replace(
      '..',
      '.',
    ),
    nextAction: 'import',
    more: ['import'],
  };
}

function tellUnconfigured(facts: StatusFacts): Told {
  const stopped = { sync: 'Stopped', syncTone: 'neutral' } as const;
  if (facts.role === 'secondary') {
    return { ...stopped, qualifier: `${facts.partner} defines what is shared and has not published it yet.` };
  }
  return {
    ...stopped,
    qualifier: 'Choose what to share, then agree and start.',
    nextAction: 'configure',
    more: ['configure'],
  };
}

function tellStopped(facts: StatusFacts): Told {
  const stopped = { sync: 'Stopped', syncTone: 'warning' } as const;
  const waiting =
    facts.queued === 0 ? 'Nothing waits.' : `${counted(facts.queued, 'change waits', 'changes wait')}.`;
  if (!facts.licensed) {
    return {
      ...stopped,
      qualifier: `The licence is inactive, so nothing is sent. Nothing is lost. ${waiting}`,
    };
  }
  const since = ago(facts.now - facts.run.since);
  if (facts.run.here === 'started') {
    return { ...stopped, qualifier: `Stopped by ${facts.partner} ${since}. ${waiting}`, more: ['stop'] };
  }
  const who = facts.run.there === 'stopped' ? 'Stopped on both sites' : 'Stopped by this site';
  return { ...stopped, qualifier: `${who} ${since}. ${waiting}`, nextAction: 'start', more: ['start'] };
}

function tellRunning(facts: StatusFacts): Told {
  const parts: string[] = [];
  if (facts.inSyncAsOf === undefined) parts.push('Started; nothing has been sent yet.');
  else parts.push(`In sync as of ${ago(facts.now - facts.inSyncAsOf)}.`);
  if (facts.queued > 0) parts.push(`${counted(facts.queued, 'change is', 'changes are')} on the way.`);
  const problems = facts.problems > 0;
  if (problems) parts.push(`${counted(facts.problems, 'item waits', 'items wait')} for somebody.`);
  return {
    sync: 'Running',
    syncTone: problems ? 'warning' : 'success',
    qualifier: parts.join(' '),
    ...(problems ? { nextAction: 'troubleshoot' as const, more: ['troubleshoot' as const] } : {}),
  };
}

function isRunning(facts: StatusFacts): boolean {
  return facts.licensed && facts.run.here === 'started' && facts.run.there === 'started';
}

/** What is always possible once both trust each other. A safety stop is left by answering its question, not by Start. */
function usualActions(facts: StatusFacts): StatusAction[] {
  const actions: StatusAction[] = [];
  if (facts.enabledMappings > 0 && facts.brake === undefined) {
    actions.push(facts.run.here === 'started' ? 'stop' : 'start');
  }
  if (facts.role === 'primary' || facts.agreedRevision > 0) actions.push('configure');
  actions.push('edit', 'scope', 'troubleshoot', 'delete');
  return actions;
}
