import type { Work } from './work.ts';

/** The first thread writes only at NOTHING and what follows TAKEN, the second only at TAKEN. */
const NOTHING = 0;
const OFFERED = 1;
const TAKEN = 2;
const DONE = 3;
const FAILED = 4;

/** Places in the mailbox: words, */
const STATE = 0;
const HEADER = 1;
const HEADER_BYTES = 2;
/** and bytes: float64 numbers, of which the first is the answer and the others are the part's, then the header. */
const NUMBERS_AT = 64;
const MOST_NUMBERS = 16;
const HEADER_AT = NUMBERS_AT + 8 * MOST_NUMBERS;
const BYTES = 16384;

/**
 * How often a thread looks before it sleeps: about twenty microseconds, in which a small step's other half ends. Looking
 * longer takes the core from whoever else could use it.
 */
const LOOKS = 5000;

/** What is written anew only when there is another plan: the plan, and what the numbers of its parts are called. */
interface Header {
  readonly kind: Work['kind'];
  readonly plan: Work['plan'];
  readonly fields: readonly string[];
}

/** What two threads share beside the kernel's memory. Work is offered, taken at most once, and answered. */
export class Mailbox {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #numbers: Float64Array<SharedArrayBuffer>;
  /** The header that was written, or read, last. */
  #header: Header | null = null;
  #headerRead = 0;

  /** @param buffer of a mailbox that another thread has made */
  constructor(buffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, NUMBERS_AT / 4);
    this.#numbers = new Float64Array(buffer, NUMBERS_AT, MOST_NUMBERS);
  }

  /** First thread, when nothing is under way. @throws RangeError when the plan is too long */
  offer({ kind, plan, part }: Work): void {
    if (plan !== this.#header?.plan) this.#writeHeader({ kind, plan, fields: Object.keys(part) });
    this.#numbers.set(Object.values<number>({ ...part }), 1);
    this.#enter(OFFERED);
  }

  /** First thread: takes an offer back. @returns whether nobody had taken it */
  withdraw(): boolean {
    return Atomics.compareExchange(this.#words, STATE, OFFERED, NOTHING) === OFFERED;
  }

  /** First thread: waits for the answer to what was taken. @returns null when none comes in time, or ever will */
  answer(patienceMs: number): number | null {
    this.#awaitChange(TAKEN, patienceMs);
    if (Atomics.compareExchange(this.#words, STATE, DONE, NOTHING) !== DONE) return null;
    return this.#numbers[0]!;
  }

  /** Second thread: takes the next offer and answers it. @param patienceMs how long it waits for one */
  serve(perform: (work: Work) => number, patienceMs?: number): void {
    const state = Atomics.load(this.#words, STATE);
    if (state !== OFFERED) this.#awaitChange(state, patienceMs);
    if (Atomics.compareExchange(this.#words, STATE, OFFERED, TAKEN) !== OFFERED) return;
    try {
      this.#numbers[0] = perform(this.#readWork());
    } catch (error) {
      this.#enter(FAILED);
      throw error;
    }
    this.#enter(DONE);
  }

  #enter(state: number): void {
    Atomics.store(this.#words, STATE, state);
    Atomics.notify(this.#words, STATE);
  }

  #awaitChange(from: number, patienceMs?: number): void {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(this.#words, STATE) !== from) return;
    Atomics.wait(this.#words, STATE, from, patienceMs);
  }

  #writeHeader(header: Header): void {
    const text = new TextEncoder().encode(JSON.stringify(header));
    if (text.length > BYTES - HEADER_AT) throw new RangeError(`A plan of ${text.length} bytes is too long.`);
    new Uint8Array(this.buffer, HEADER_AT).set(text);
    this.#words[HEADER]! += 1;
    this.#words[HEADER_BYTES] = text.length;
    this.#header = header;
  }

  #readHeader(): Header {
    const count = this.#words[HEADER]!;
    if (this.#header && this.#headerRead === count) return this.#header;
    // A copy, since decoders refuse memory that is shared.
    const text = new Uint8Array(this.buffer, HEADER_AT, this.#words[HEADER_BYTES]!).slice();
    this.#header = JSON.parse(new TextDecoder().decode(text)) as Header;
    this.#headerRead = count;
    return this.#header;
  }

  #readWork(): Work {
    const { kind, plan, fields } = this.#readHeader();
    const part = Object.fromEntries(fields.map((field, i) => [field, this.#numbers[i + 1]!]));
    return { kind, plan, part } as unknown as Work;
  }
}
