/** A world: two sites with named people, a clock, a wire and a queue that only move when told, and an agreed connection. */
import { setContract } from '#engine/agree/read-contract';
import { controlHandlers } from '#engine/control-handlers';
import { type NotedChange, noteChange } from '#engine/note-change';
import type { Ports } from '#engine/ports/ports';
import type { SendAnswer, WakeUp } from '#engine/ports/world';
import { receivePartnerMessage } from '#engine/receive-partner-message';
import { type Connection, connectionSchema } from '#engine/rows/connection';
import { installationRowKey } from '#engine/rows/installation';
import { sweep } from '#engine/sweep';
import { createConnectionRow } from '#engine/update-connection';
import { work } from '#engine/work';
import { CrashSignal, type Gate, gatePorts } from '../support/gate';
import { memorySecrets } from '../support/memory-secrets';
import { type MemorySite, memorySite, type SiteEvent } from '../support/memory-site';
import { type MemoryStore, memoryStore } from '../support/memory-store';
import { identityOf, plainSealer } from '../support/plain-sealer';
import { type SeededRandom, seededRandom } from '../support/seeded-random';
import { type VirtualClock, virtualClock } from '../support/virtual-clock';
import { type Setting, storySetting } from './setting';
import type { SiteFacts } from './site-facts';

export const link = 'link0connection0of0acme0and0globex';
const sweepMs = 300_000;

/** What becomes of a message on the wire. `late`: it arrives later, and the sender does not hear of it. */
export type Fate = 'arrives' | 'requestLost' | 'answerLost' | 'twice' | 'late';

/** What a world does to the things in it; a story leaves it at nothing. */
export interface Mischief {
  fate(): Fate;
  /** Delays of queue and events, milliseconds; undefined: lost. Called once for each delivery. */
  delay(what: 'wake' | 'event', about?: { side: Side; event: SiteEvent }): number | undefined;
  /** How often something is delivered. */
  copies(what: 'wake' | 'event'): number;
  gate(who: string): Gate | undefined;
  /** Wraps all that one invocation may use, in place of `gate`; `end` is called when it is over. */
  invocation?(side: Side, what: string): { ports: Ports; end(): void };
  remainingMs(): number;
  /** Which of `count` due tasks is next. */
  next(count: number): number;
}

export const noMischief: Mischief = {
  fate: () => 'arrives',
  delay: () => 0,
  copies: () => 1,
  gate: () => undefined,
  remainingMs: () => 55_000,
  next: () => 0,
};

export interface Side {
  name: 'acme' | 'globex';
  facts: SiteFacts;
  site: MemorySite;
  store: MemoryStore;
  /** The installation of the app: a copy of the site has another one. */
  home: string;
  /** Ports of a fresh invocation. */
  ports(): Ports;
}

interface Task {
  at: number;
  label: string;
  run(): Promise<void>;
}

export class World {
  readonly clock: VirtualClock = virtualClock();
  readonly random: SeededRandom;
  readonly acme: Side;
  readonly globex: Side;
  /** Everything that left a site, in clear. */
  readonly wire: { from: string; body: string }[] = [];
  mischief: Mischief = noMischief;
  /** Jira tells the app of its own changes too. */
  tellsOwn = false;
  private tasks: Task[] = [];
  private invocations = 0;
  readonly setting: Setting;

  constructor(seed = 1, setting: Setting = storySetting) {
    this.random = seededRandom(seed);
    this.setting = setting;
    this.acme = this.makeSide(setting.acme, 'acme');
    this.globex = this.makeSide(setting.globex, 'globex');
  }

  /** With the connection agreed on and started on both sites. */
  static async start(
    seed = 1,
    change: (row: Connection) => Partial<Connection> = () => ({}),
  ): Promise<World> {
    const world = new World(seed);
    await world.connectBoth(change);
    return world;
  }

  async connectBoth(change: (row: Connection) => Partial<Connection> = () => ({})): Promise<void> {
    for (const side of [this.acme, this.globex]) await this.connect(side, change);
  }

  other(side: Side): Side {
    return side === this.acme ? this.globex : this.acme;
  }

  /** Begins one due task without waiting for its end; undefined when nothing is due. */
  begin(): { label: string; isFirst: boolean; over: Promise<void> } | undefined {
    const due = this.tasks.filter((task) => task.at <= this.clock.now());
    const index = Math.min(due.length - 1, this.mischief.next(due.length));
    const task = due[index];
    if (task === undefined) return undefined;
    this.tasks = this.tasks.filter((one) => one !== task);
    const isFirst = due.findIndex(({ label }) => label === task.label) === index;
    return { label: task.label, isFirst, over: task.run() };
  }

  /** When the first of such tasks is due; undefined: there is none. */
  dueAt(label: string): number | undefined {
    const times = this.tasks.filter((task) => task.label === label).map(({ at }) => at);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  isDue(): boolean {
    return this.tasks.some((task) => task.at <= this.clock.now());
  }

  /** Runs `together` due tasks at the same time; false when nothing is due. */
  async step(together = 1): Promise<boolean> {
    const running: Promise<void>[] = [];
    for (let count = 0; count < together; count += 1) {
      const due = this.tasks.filter((task) => task.at <= this.clock.now());
      const task = due[Math.min(due.length - 1, this.mischief.next(due.length))];
      if (task === undefined) break;
      this.tasks = this.tasks.filter((one) => one !== task);
      running.push(task.run());
    }
    await Promise.all(running);
    return running.length > 0;
  }

  /** Runs what is due now, without moving the clock. */
  async run(): Promise<void> {
    for (let steps = 0; await this.step(); steps += 1) {
      if (steps > 20_000) throw new Error('This world never comes to rest.');
    }
  }

  /** Lets everything end: timers, and sweeps until they find nothing. The mischief must have stopped. `answer`: who is asked meanwhile. */
  async settle(answer?: () => Promise<void>): Promise<void> {
    let quiet = 0;
    for (let rounds = 0; quiet < 3; rounds += 1) {
      if (rounds > 300)
        throw new Error(`Still busy after ${rounds} sweeps: ${this.tasks.map((task) => task.label)}`);
      await this.run();
      await answer?.();
      const before = this.invocations;
      this.clock.advance(this.nextMs());
      for (const side of [this.acme, this.globex]) await sweep(side.ports());
      const isQuiet = this.tasks.length === 0 && this.invocations === before;
      quiet = isQuiet ? quiet + 1 : 0;
    }
  }

  /** The scheduled trigger, with whatever the mischief does to it. */
  sweep(side: Side): void {
    this.add('sweep', 0, async () => {
      try {
        await this.invoke(side, 'sweep', sweep);
      } catch (error) {
        if (!(error instanceof CrashSignal)) throw error;
      }
    });
  }

  tidy(): { dirty: number; outbox: number; inbox: number; problems: unknown[] } {
    const count = (table: 'dirty' | 'outbox' | 'inbox'): number =>
      this.acme.store.rows(table).length + this.globex.store.rows(table).length;
    const problems = [this.acme, this.globex].flatMap((side) => side.store.rows('problem'));
    return { dirty: count('dirty'), outbox: count('outbox'), inbox: count('inbox'), problems };
  }

  private nextMs(): number {
    const next = Math.min(...this.tasks.map((task) => task.at));
    return Number.isFinite(next) ? Math.max(1, Math.min(sweepMs, next - this.clock.now())) : sweepMs;
  }

  /** Something is due after this time, whatever becomes of it. */
  add(label: string, afterMs: number, run: () => Promise<void>): void {
    this.tasks.push({ at: this.clock.now() + afterMs, label, run });
  }

  private makeSide(facts: SiteFacts, name: 'acme' | 'globex'): Side {
    const site = memorySite(facts, this.clock);
    const store = memoryStore(this.clock);
    const jira = this.setting.jira?.(name, this.clock);
    const secrets = memorySecrets();
    const sealer = plainSealer(() => publicKey(name));
    const side: Side = {
      name,
      facts,
      site,
      store,
      home: `installation of ${name}`,
      ports: () => ({
        store,
        secrets,
        site: jira?.port ?? site,
        queue: { wake: async (message, delaySeconds = 0) => this.wake(side, message, delaySeconds * 1_000) },
        transport: { send: (endpoint, body) => this.carry(side, endpoint, body) },
        endpoints: {
          partner: async () => endpoint(name),
          directory: () => undefined,
          home: () => side.home,
          isDirectory: async () => false,
        },
        sealer,
        clock: this.clock,
        random: this.random,
        budget: { remainingMs: () => this.mischief.remainingMs() },
      }),
    };
    site.onEvent = (event) => this.event(side, event);
    jira?.listen(site.onEvent);
    return side;
  }

  private async invoke<T>(side: Side, what: string, run: (ports: Ports) => Promise<T>): Promise<T> {
    this.invocations += 1;
    const gate = this.mischief.gate(`${side.name} ${what}`);
    const plain = gate === undefined ? side.ports() : gatePorts(side.ports(), gate);
    const { ports, end } = this.mischief.invocation?.(side, what) ?? { ports: plain, end: () => undefined };
    try {
      return await run(ports);
    } finally {
      end();
    }
  }

  private wake(side: Side, message: WakeUp, afterMs: number): void {
    for (let copy = 0; copy < this.mischief.copies('wake'); copy += 1) {
      const delay = this.mischief.delay('wake');
      const owner = this.random.id(8);
      if (delay !== undefined) this.deliver(side, message, { owner, attempt: 0 }, afterMs + delay);
    }
  }

  /** As the platform does: what fails is delivered again, later, as the next attempt. */
  private deliver(
    side: Side,
    message: WakeUp,
    run: { owner: string; attempt: number },
    afterMs: number,
  ): void {
    this.add(`work ${side.name}`, afterMs, async () => {
      try {
        await this.invoke(side, 'work', (ports) => work(ports, message, run, controlHandlers));
      } catch (error) {
        if (!(error instanceof CrashSignal)) throw error;
        this.deliver(side, message, { ...run, attempt: run.attempt + 1 }, 1_000 * 2 ** run.attempt);
      }
    });
  }

  /** An event of Jira, with whatever the mischief does to it. */
  event(side: Side, event: SiteEvent): void {
    if (event.bySelf && !this.tellsOwn) return;
    const { kind, issueId, projectId, commentId = '' } = event;
    const isComment = kind === 'comment' || kind === 'commentDeleted';
    const isWork = kind === 'work' || kind === 'workDeleted';
    const isFile = kind === 'file' || kind === 'fileDeleted';
    const change: NotedChange = isWork
      ? { kind, issueId, worklogId: commentId }
      : isFile
        ? { kind, issueId, fileId: commentId }
        : isComment
          ? { kind, issueId, projectId, commentId }
          : event.isMoved === true
            ? { kind, issueId }
            : { kind, issueId, projectId };
    for (let copy = 0; copy < this.mischief.copies('event'); copy += 1) {
      const delay = this.mischief.delay('event', { side, event });
      if (delay !== undefined) this.note(side, change, delay);
    }
  }

  private note(side: Side, change: NotedChange, afterMs: number): void {
    this.add(`event ${side.name}`, afterMs, async () => {
      try {
        await this.invoke(side, 'event', (ports) => noteChange(ports, change));
      } catch (error) {
        if (!(error instanceof CrashSignal)) throw error;
        this.note(side, change, 1_000);
      }
    });
  }

  private async carry(from: Side, to: string, body: string): Promise<SendAnswer> {
    this.wire.push({ from: from.name, body });
    const target = to === endpoint('acme') ? this.acme : this.globex;
    const lost: SendAnswer = { kind: 'unreachable', reason: 'Nobody answered.' };
    switch (this.mischief.fate()) {
      case 'arrives':
        return this.hand(target, body);
      case 'requestLost':
        return lost;
      case 'answerLost':
        await this.hand(target, body);
        return lost;
      case 'twice':
        this.add('wire', this.random.below(60_000), async () => void (await this.hand(target, body)));
        return this.hand(target, body);
      case 'late':
        this.add('wire', this.random.below(60_000), async () => void (await this.hand(target, body)));
        return lost;
    }
  }

  private async hand(target: Side, body: string): Promise<SendAnswer> {
    try {
      const answer = await this.invoke(target, 'receive', (ports) =>
        receivePartnerMessage(ports, { headers: {}, body }),
      );
      if (answer.status === 503) return { kind: 'unreachable', reason: 'busy' };
      this.wire.push({ from: target.name, body: answer.body });
      return { kind: 'answered', ...answer };
    } catch (error) {
      if (!(error instanceof CrashSignal)) throw error;
      return { kind: 'unreachable', reason: 'The function was killed.' };
    }
  }

  private async connect(side: Side, change: (row: Connection) => Partial<Connection>): Promise<void> {
    const ports = side.ports();
    const now = this.clock.now();
    const partner = this.other(side);
    const row = connectionSchema.parse({
      id: link,
      name: `Support with ${partner.name}`,
      description: '',
      role: side.name === 'acme' ? 'primary' : 'secondary',
      phase: 'joined',
      createdAt: now,
      updatedAt: now,
      createdBy: 'ada',
      partner: {
        siteUrl: partner.facts.url,
        title: partner.name,
        endpoint: endpoint(partner.name),
        ...identity(partner.name),
      },
      ...identity(side.name),
      scope: {
        projects: { mode: 'show', ids: this.setting.bindings(side.facts).map(({ projectId }) => projectId) },
        issueTypes: { mode: 'all', ids: [] },
      },
      confirmedHere: now,
      confirmedThere: now,
      bindings: this.setting.bindings(side.facts),
      agreedRevision: this.setting.contract.revision,
      latestRevision: this.setting.contract.revision,
      startWhenAgreed: true,
      run: { here: 'started', there: 'started', since: now, startedAt: now },
      existing: { mode: 'new' },
    });
    await createConnectionRow(ports, connectionSchema.parse({ ...row, ...change(row) }));
    await ports.store.transact([
      setContract(link, this.setting.contract),
      {
        op: 'set',
        table: 'registry',
        key: installationRowKey,
        body: {
          keyName: 'installation',
          ...identity(`${side.name} app`),
          site: { url: side.facts.url, id: side.name, title: side.name },
        },
        group: 'installation',
        rank: installationRowKey,
      },
    ]);
  }
}

function publicKey(name: string): string {
  return `public key of ${name}`;
}

function identity(name: string): { keyId: string; publicKey: string } {
  const { id, publicKey: key } = identityOf(publicKey(name));
  return { keyId: id, publicKey: key };
}

function endpoint(name: string): string {
  return `https://${name}.webtrigger.example/public/partner`;
}
