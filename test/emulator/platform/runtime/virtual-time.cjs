/** Time as a world on the virtual clock tells it: stands still until the emulator says another moment. */
const RealDate = Date;

/** Milliseconds since the epoch; undefined = the machine's time. */
let virtualNow;

class VirtualDate extends RealDate {
  constructor(...args) {
    if (args.length === 0 && virtualNow !== undefined) super(virtualNow);
    else super(...args);
  }

  static now() {
    return virtualNow ?? RealDate.now();
  }
}

/** `Date()` without `new` is legal; a class alone would refuse it. */
const callable = new Proxy(VirtualDate, {
  apply: () => new VirtualDate().toString(),
});

/** Puts the virtual `Date` in place of the real one, once, before the app loads. */
exports.installVirtualTime = () => {
  VirtualDate.prototype.constructor = callable;
  globalThis.Date = callable;
};

/** Sets the moment; undefined goes back to the machine's time. */
exports.setVirtualTime = (now) => {
  virtualNow = now;
};
