import type { GradientPart, GradientPlan } from './gradient.ts';

/** The first thread writes only at NOTHING and what follows TAKEN, the second only at TAKEN. */
const NOTHING = 0;
const OFFERED = 1;
const TAKEN = 2;
const DONE = 3;
const FAILED = 4;

/** Places in the mailbox: words, */
const STATE = 0;
const LETTER = 1;
const LETTER_BYTES = 2;
const PART = { size: 4, batchSize: 5, level: 6, x0: 7, eps: 8, gradient: 9 } as const;
/** and bytes. */
const SUM_AT = 56;
const LETTER_AT = 64;
const BYTES = 16384;

/**
 * How often a thread looks before it sleeps: about twenty microseconds, in which a small step's other half ends. Looking
 * longer takes the core from whoever else could use it.
 */
const LOOKS = 5000;

/** What two threads share beside the kernel's memory. Work is offered, taken at most once, and answered. */
export class Mailbox {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #sum: Float64Array<SharedArrayBuffer>;
  /** The plan that was written, or read, last. */
  #plan: GradientPlan | null = null;
  #letterRead = 0;

  /** @param buffer of a mailbox that another thread has made */
  constructor(buffer = new SharedArrayBuffer(BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, LETTER_AT / 4);
    this.#sum = new Float64Array(buffer, SUM_AT, 1);
  }

  /** First thread, when nothing is under way. @throws RangeError when the plan is too long */
  offer(plan: GradientPlan, part: GradientPart): void {
    if (plan !== this.#plan) this.#writeLetter(plan);
    for (const field of Object.keys(PART) as (keyof typeof PART)[]) this.#words[PART[field]] = part[field];
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
    return this.#sum[0]!;
  }

  /** Second thread: takes the next offer and answers it. @param patienceMs how long it waits for one */
  serve(work: (plan: GradientPlan, part: GradientPart) => number, patienceMs?: number): void {
    const state = Atomics.load(this.#words, STATE);
    if (state !== OFFERED) this.#awaitChange(state, patienceMs);
    if (Atomics.compareExchange(this.#words, STATE, OFFERED, TAKEN) !== OFFERED) return;
    try {
      this.#sum[0] = work(this.#readLetter(), this.#readPart());
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

  #readPart(): GradientPart {
    const field = (name: keyof typeof PART) => this.#words[PART[name]]!;
    return {
      size: field('size'),
      batchSize: field('batchSize'),
      level: field('level'),
      x0: field('x0'),
      eps: field('eps'),
      gradient: field('gradient'),
    };
  }

  #writeLetter(plan: GradientPlan): void {
    const text = new TextEncoder().encode(JSON.stringify(plan));
    if (text.length > BYTES - LETTER_AT) throw new RangeError(`A plan of ${text.length} bytes is too long.`);
    new Uint8Array(this.buffer, LETTER_AT).set(text);
    this.#words[LETTER]! += 1;
    this.#words[LETTER_BYTES] = text.length;
    this.#plan = plan;
  }

  #readLetter(): GradientPlan {
    const letter = this.#words[LETTER]!;
    if (this.#plan && this.#letterRead === letter) return this.#plan;
    // A copy, since decoders refuse memory that is shared.
    const text = new Uint8Array(this.buffer, LETTER_AT, this.#words[LETTER_BYTES]!).slice();
    this.#plan = JSON.parse(new TextDecoder().decode(text)) as GradientPlan;
    this.#letterRead = letter;
    return this.#plan;
  }
}
