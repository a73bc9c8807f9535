/**
 * Row model: how likely the next bit of a text is a one, when the text is like those that it learned from. Several views of what
 * stands before the bit each give their opinion, and are trusted by how well they did so far. What was packed is unpacked with the
 * very same numbers, so everything here must stay as it is. It adds, multiplies, divides and rounds only, whose results the language
 * fixes to the last bit: every machine and every version of Node reads what another one wrote.
 */
import { JsonPlace } from './json-place';
import {
  chanceIn,
  chanceOf,
  isSeen,
  newSlots,
  opinionIn,
  type Slots,
  seenAgain,
  strongest,
  unit,
  whole,
} from './row-chances';
import { slotBits, Views, views } from './row-views';

/** Of its own, because they are called for every bit. */
const { clz32, imul, max, min, round } = Math;

/** Opinions that are mixed: of the views, of the place where the same bytes stood before, and none. */
const opinions = views + 2;
/** How fast trust follows what turned out. */
const pace = 0.000_04;
const firstTrust = 0.3;
/** Bytes that must agree before the place where they stood before counts. */
const shortestSame = 4;
const longestSame = 40;
const placeBits = 16;
/** Steps of how long the agreement is. */
const lengths = 32;
/** Trust is kept apart by the longest view that knows the bit, by the length of the agreement, and for raw runs. */
const groups = 4 * 6 * 2;

/** What was learned; does not change any more when rows are packed. */
export interface Learned {
  slots: Slots;
  same: Slots;
  ends: Slots;
  trust: Float64Array;
  history: Uint8Array;
  length: number;
  /** Where bytes with this hash were last seen, counted from one. */
  places: Int32Array;
}

/** Before anything is learned. `history`: all that will be. */
export function nothingLearned(history: Uint8Array): Learned {
  return {
    slots: newSlots(views << slotBits),
    same: newSlots(lengths * 4),
    ends: newSlots(4),
    trust: new Float64Array(groups * opinions).fill(firstTrust),
    history,
    length: 0,
    places: new Int32Array(1 << placeBits),
  };
}

/** One text, bit by bit: `chance`, then `take` what it was. */
export class RowModel {
  private readonly learned: Learned;
  private readonly isLearning: boolean;
  private readonly same: Slots;
  private readonly trust: Float64Array;
  private readonly history: Uint8Array;
  private readonly places = new Map<number, number>();
  private readonly place = new JsonPlace();
  private readonly views = new Views();
  /** The slot of each view for the bit at hand. */
  private readonly slots = new Int32Array(views);
  private readonly opinions = new Float64Array(opinions);
  private length: number;
  /** Bits of the byte at hand, behind a one. */
  private bits = 1;
  /** Where the bytes before this one stood before, and how many of them. */
  private sameAt = -1;
  private sameLength = 0;
  private sameSlot = -1;
  private group = 0;
  private guess = 0;

  /** @param longest bytes of the text. @param known what it may have in common with; `learn`: `learned` itself goes on. */
  constructor(learned: Learned, longest: number, known: Uint8Array | 'learn') {
    this.learned = learned;
    this.isLearning = known === 'learn';
    this.length = learned.length;
    this.same = this.isLearning ? learned.same : learned.same.slice();
    this.trust = this.isLearning ? learned.trust : learned.trust.slice();
    if (known === 'learn') {
      this.history = learned.history;
    } else {
      this.history = new Uint8Array(learned.length + known.length + longest);
      this.history.set(learned.history);
      for (const byte of known) this.remember(byte);
    }
    this.views.look(this.place, this.history, this.length);
  }

  /** True after a byte that may be the last one; then `endChance` and `takeEnd` come next. */
  get mayEnd(): boolean {
    return this.place.mayEnd;
  }

  endChance(): number {
    return chanceIn(this.learned.ends[min(3, this.place.depth)] ?? 0);
  }

  takeEnd(bit: number): void {
    if (this.isLearning) learnIn(this.learned.ends, min(3, this.place.depth), bit);
  }

  /** That the next bit is a one: 1 to 65535. */
  chance(): number {
    const { opinions: given, trust } = this;
    const known = this.askViews();
    const agreed = this.askSame();
    given[views + 1] = this.place.run > 0 ? 0 : unit;
    this.group = ((agreed * 6 + known) * 2 + (this.place.run > 0 ? 1 : 0)) * opinions;
    let sum = 0;
    for (let one = 0; one < opinions; one += 1) sum += (trust[this.group + one] ?? 0) * (given[one] ?? 0);
    const opinion = min(strongest, max(-strongest, round(sum)));
    this.guess = chanceOf[opinion + strongest] ?? 1;
    return this.guess;
  }

  take(bit: number): void {
    const change = ((bit * whole - this.guess) / whole) * pace;
    const { opinions: given, trust, group } = this;
    for (let one = 0; one < opinions; one += 1) {
      trust[group + one] = (trust[group + one] ?? 0) + change * (given[one] ?? 0);
    }
    if (this.isLearning && this.place.run === 0) {
      for (let view = 0; view < views; view += 1) learnIn(this.learned.slots, this.slots[view] ?? 0, bit);
    }
    if (this.sameSlot >= 0) learnIn(this.same, this.sameSlot, bit);
    this.bits = (this.bits << 1) | bit;
    if (this.bits > 255) this.takeByte(this.bits & 255);
    else if (this.bits >> 4 === 1) this.views.chooseSlots(this.bits);
  }

  /** The number of the longest view that has seen this before; none within raw runs, which are like nothing. */
  private askViews(): number {
    const { slots: table } = this.learned;
    const { slots, opinions: given } = this;
    const { bases } = this.views;
    if (this.place.run > 0) {
      given.fill(0, 0, views);
      return 0;
    }
    const width = 31 - clz32(this.bits);
    const part = width < 4 ? this.bits : (1 << (width - 4)) | (this.bits & ((1 << (width - 4)) - 1));
    let longest = 0;
    for (let view = 0; view < views; view += 1) {
      const at = (bases[view] ?? 0) + part;
      const slot = table[at] ?? 0;
      slots[view] = at;
      given[view] = opinionIn(slot);
      if (view < 5 && isSeen(slot)) longest = view + 1;
    }
    return longest;
  }

  /** How far the bytes agree with earlier ones: 0 not at all, up to 3. */
  private askSame(): number {
    this.sameSlot = -1;
    this.opinions[views] = 0;
    if (this.sameAt < 0) return 0;
    const expected = (this.history[this.sameAt] ?? 0) | 256;
    const width = 31 - clz32(this.bits);
    if (expected >> (8 - width) !== this.bits) return 0;
    const bit = (expected >> (7 - width)) & 1;
    const { sameLength } = this;
    const step = min(lengths - 1, sameLength < 16 ? sameLength : 16 + ((sameLength - 16) >> 3));
    this.sameSlot = (step * 2 + bit) * 2 + (this.place.run > 0 ? 1 : 0);
    this.opinions[views] = opinionIn(this.same[this.sameSlot] ?? 0);
    if (sameLength < 8) return 1;
    return sameLength < 20 ? 2 : 3;
  }

  private takeByte(byte: number): void {
    const isSame = this.sameAt >= 0 && this.history[this.sameAt] === byte;
    const found = this.remember(byte);
    this.sameLength = isSame ? this.sameLength + 1 : 0;
    this.sameAt = isSame ? this.sameAt + 1 : -1;
    if (!isSame && found > 0) this.follow(found);
    this.bits = 1;
    this.place.take(byte);
    this.views.look(this.place, this.history, this.length);
  }

  /** Appends it; where the last bytes stood before, or 0. */
  private remember(byte: number): number {
    this.history[this.length] = byte;
    this.length += 1;
    if (this.length < shortestSame) return 0;
    let hash = 0;
    for (let back = 1; back <= shortestSame; back += 1) {
      hash = imul(hash + (this.history[this.length - back] ?? 0) + 1, 0x2f0b4c47);
    }
    const key = hash >>> (32 - placeBits);
    const found = this.places.get(key) ?? this.learned.places[key] ?? 0;
    if (this.isLearning) this.learned.places[key] = this.length;
    else this.places.set(key, this.length);
    return found;
  }

  private follow(found: number): void {
    let length = 0;
    while (
      length < longestSame &&
      length < found &&
      this.byteAt(found, length) === this.byteAt(this.length, length)
    ) {
      length += 1;
    }
    if (length < shortestSame) return;
    this.sameAt = found;
    this.sameLength = length;
  }

  private byteAt(end: number, back: number): number {
    return this.history[end - 1 - back] ?? 0;
  }
}

function learnIn(slots: Slots, at: number, bit: number): void {
  slots[at] = seenAgain(slots[at] ?? 0, bit);
}
