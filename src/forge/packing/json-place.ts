/** Where in a JSON text the next byte stands: behind which member's name, how far into its value, how deep. Never fails: other texts only get poorer places. */

/** Of its own, because they are called for every byte. */
const { imul, max } = Math;
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const open = 0x7b;
const close = 0x7d;
/** Announces a run of raw bytes; their number follows (`seal/pack-text`). */
const runMark = 0x01;
const factor = 0x2f0b4c47;

export class JsonPlace {
  /** Hashes of the names of the member at hand and of the one before, and of what stands there so far. */
  name = 0;
  nameBefore = 0;
  soFar = 0;
  /** Bytes since the value began. */
  at = 0;
  depth = 0;
  isInText = false;
  /** Raw bytes still to come. */
  run = 0;
  private isRunLength = false;
  private lastText = 0;
  private before = 0;

  /** A closing brace after which the text may be over. */
  get mayEnd(): boolean {
    return this.before === close && this.run === 0 && !this.isRunLength;
  }

  take(byte: number): void {
    if (this.run > 0) {
      this.run -= 1;
      this.before = 0;
    } else if (this.isRunLength) {
      this.run = byte;
      this.isRunLength = false;
      this.before = 0;
    } else {
      this.isRunLength = byte === runMark;
      this.takeText(byte);
      this.before = byte;
    }
  }

  private takeText(byte: number): void {
    this.at += 1;
    if (byte === open) this.depth += 1;
    if (byte === close) this.depth = max(0, this.depth - 1);
    if (byte === quote) this.turn();
    else if (byte === open && this.before === quote) this.isInText = false;
    else if (this.isInText && byte !== backslash) this.soFar = imul(this.soFar + byte, factor);
    else if (byte === colon) this.enter(this.lastText);
    else if (byte === open || byte === close) this.enter(byte);
    else if (byte === comma) this.begin(byte);
  }

  /** Texts begin and end with a quote; JSON within a text has the same places as JSON. */
  private turn(): void {
    if (this.isInText) this.lastText = this.soFar;
    else this.begin(0);
    this.isInText = !this.isInText;
  }

  private enter(name: number): void {
    this.nameBefore = this.name;
    this.name = name;
    this.begin(name === this.lastText ? 0 : name);
  }

  private begin(soFar: number): void {
    this.at = 0;
    this.soFar = soFar;
  }
}
