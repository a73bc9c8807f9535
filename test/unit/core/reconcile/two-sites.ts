/** Two sites holding one pair, in memory: edits, offers, a wire in order. Judges the decisions of core/reconcile. */
import { equalValues } from '#core/merge/equal-values';
import type { ContractField } from '#core/model/contract';
import { maySend } from '#core/model/may-send';
import type { Pair } from '#core/model/pair';
import type { Role } from '#core/model/role';
import type { FieldValue, SlotValues } from '#core/model/value';
import { agreedHash } from '#core/reconcile/agreed-values';
import { concludeUpdate } from '#core/reconcile/conclude-update';
import {
  type ConflictReport,
  noteConflictReport,
  reviewConflicts,
  withoutConflicts,
} from '#core/reconcile/conflicts';
import { detectChanges } from '#core/reconcile/detect-changes';
import { type HeldReport, noteHeldReport } from '#core/reconcile/note-held-report';
import { planState } from '#core/reconcile/plan-state';
import { basedSlots, planUpdate } from '#core/reconcile/plan-update';
import { settlePair } from '#core/reconcile/settle-pair';
import type { UpdateDecision } from '#core/reconcile/update-plan';

interface Update {
  kind: 'update' | 'ask' | 'answer';
  seq: number;
  values: SlotValues;
  seen: number;
  base: string;
  at: number;
  resolves?: string[];
}
export type Message =
  | Update
  | ({ kind: 'conflict'; seq: number } & ConflictReport)
  | ({ kind: 'held' } & HeldReport & { seq: number; of: number });

export class Side {
  pair: Pair;
  local: SlotValues = {};
  localAt = 0;
  seq = 0;
  /** Highest sequence applied from the other side. */
  applied = 0;
  sent: Message[] = [];
  writes = 0;
  asked = 0;
  /** A person's answers to conflicts, not sent yet. */
  answers: SlotValues = {};
  lost: FieldValue[] = [];
  /** Values that this Jira refuses to store. */
  refuses: (slot: string, value: FieldValue) => boolean = () => false;
  readonly role: Role;
  readonly fields: ContractField[];

  constructor(role: Role, fields: ContractField[], start: SlotValues) {
    this.role = role;
    this.fields = fields;
    this.local = { ...start };
    this.pair = {
      pair: 'pair-0001',
      mapping: 'm',
      type: 't',
      origin: 'primary',
      state: 'twinned',
      base: { ...start },
      inSeq: 0,
      held: {},
    };
  }

  edit(slot: string, value: FieldValue, at: number): void {
    this.local = { ...this.local, [slot]: value };
    this.localAt = at;
  }

  /** Somebody decides here; nothing happens where no conflict is open. */
  resolve(slot: string, value: FieldValue): void {
    if (this.pair.conflicts?.[slot] !== undefined) this.answers = { ...this.answers, [slot]: value };
  }

  private review(done: number): void {
    const reviewed = reviewConflicts({ ...this, pair: this.pair, nextSeq: this.seq + 1, done });
    this.pair = reviewed.pair;
    if (reviewed.told.length > 0) this.tell(reviewed.told);
  }

  private tell(slots: ConflictReport['slots']): void {
    this.seq += 1;
    this.sent.push({ kind: 'conflict', seq: this.seq, seen: this.pair.inSeq, slots });
  }

  /** `done`: what the partner says it has applied of ours. */
  capture(done: number): boolean {
    this.pair = settlePair(this.pair, done);
    const before = this.seq;
    if (this.pair.open !== undefined) return false;
    this.review(done);
    const resolves = Object.keys(this.answers).filter((slot) => this.pair.conflicts?.[slot] !== undefined);
    for (const slot of resolves) this.local = { ...this.local, [slot]: this.answers[slot] as FieldValue };
    this.answers = {};
    this.pair = withoutConflicts(this.pair, resolves);
    const { pair, local, fields, role } = this;
    const values = detectChanges({ pair, local, fields, role, again: resolves });
    if (Object.keys(values).length === 0) return this.seq > before;
    const base = agreedHash(this.pair, basedSlots({ values, resolves }));
    this.seq += 1;
    const said = { seq: this.seq, values, at: this.localAt, ...(resolves.length === 0 ? {} : { resolves }) };
    this.sent.push({ kind: 'update', seen: this.pair.inSeq, base, ...said });
    this.pair = { ...this.pair, open: said };
    return true;
  }

  receive(message: Message): void {
    this.applied = message.seq;
    if (message.kind === 'held') {
      const { of, slots, whole } = message;
      this.pair = noteHeldReport(this.pair, { seq: of, slots, whole }, message.seq);
      return;
    }
    if (message.kind === 'conflict') {
      this.pair = noteConflictReport({ ...this.pair, inSeq: message.seq }, message, this.fields, this.role);
      return;
    }
    const question = {
      pair: this.pair,
      update: message,
      local: this.local,
      localAt: this.localAt,
      fields: this.fields,
      bound: new Set(this.fields.map((field) => field.id)),
      role: this.role,
    };
    if (message.kind === 'update') {
      this.carryOut(planUpdate(question), message.seq);
      return;
    }
    const { plan, answer } = planState({ ...question, ask: message.kind === 'ask' });
    this.carryOut(plan, message.seq);
    if (answer !== undefined) this.say('answer', answer);
  }

  private say(kind: 'ask' | 'answer', values: SlotValues): void {
    this.seq += 1;
    this.sent.push({ kind, seq: this.seq, values, seen: this.pair.inSeq, base: '', at: this.localAt });
  }

  private carryOut(decision: UpdateDecision, seq: number): void {
    if (decision.kind === 'wait') {
      this.pair = decision.pair;
      return;
    }
    if (decision.kind === 'askState') {
      this.asked += 1;
      const values = Object.fromEntries(
        this.fields
          .filter((field) => maySend(field.direction, this.role))
          .flatMap((field) => {
            const value = this.local[field.id];
            return value === undefined ? [] : [[field.id, value] as const];
          }),
      );
      this.pair = decision.pair;
      this.say('ask', values);
      this.pair = { ...this.pair, open: { seq: this.seq, values, at: this.localAt, full: true } };
      return;
    }
    const before = this.local;
    const refused: Record<string, string> = {};
    for (const [slot, value] of Object.entries(decision.write)) {
      if (this.refuses(slot, value)) refused[slot] = 'This Jira does not take it.';
      else this.local = { ...this.local, [slot]: value };
    }
    if (Object.keys(decision.write).length > 0) this.writes += 1;
    this.lost.push(...decision.overwritten.map(({ value }) => value));
    const concluded = concludeUpdate(decision, { before, after: this.local, refused, at: seq });
    this.pair = concluded.pair;
    if (decision.asked.length > 0) this.tell(decision.asked);
    if (concluded.held.length > 0) {
      this.seq += 1;
      this.sent.push({ kind: 'held', seq: this.seq, of: seq, slots: concluded.held });
    }
  }
}

/** Delivers and captures until neither side has anything to say. Returns the number of rounds; 100 means that it never ends. */
export function settleBoth(primary: Side, secondary: Side): number {
  for (let round = 1; round < 100; round += 1) {
    let busy = false;
    for (const [from, to] of [
      [primary, secondary],
      [secondary, primary],
    ] as const) {
      for (const message of from.sent.splice(0)) {
        to.receive(message);
        busy = true;
      }
    }
    // An acknowledgement may only be used once all that was sent before it has been applied.
    if (primary.sent.length === 0 && secondary.sent.length === 0) {
      busy = primary.capture(secondary.applied) || busy;
      busy = secondary.capture(primary.applied) || busy;
    }
    if (!busy) return round;
  }
  return 100;
}

export function sameEverywhere(primary: Side, secondary: Side, slot: string): boolean {
  return equalValues(primary.local[slot], secondary.local[slot]);
}
