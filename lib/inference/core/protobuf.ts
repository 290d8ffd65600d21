/** What is read is no message, or cut. */
export class BrokenMessage extends Error {}

const decoder = new TextDecoder();

/** Bytes that are read where a message leads: an array of them, or a file of which only parts are held. */
export interface Bytes {
  readonly length: number;
  at(index: number): number | undefined;
  subarray(from: number, to: number): Uint8Array;
}

/** Fields of one message of protocol buffers, in order. */
export class Fields {
  readonly bytes: Bytes;
  #at: number;
  readonly #end: number;
  #start = 0;
  field = 0;
  wire = 0;
  /** Of a varint, unsigned. Above 2^53 it is rounded. */
  value = 0;
  /** Of the same varint, signed. */
  signed = 0;
  /** Of a length-delimited field. */
  from = 0;
  to = 0;

  constructor(bytes: Bytes, from: number, to: number) {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  next(): boolean {
    if (this.#at >= this.#end) return false;
    this.#start = this.#at;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag % 8;
    if (this.wire === 0) this.value = this.#varint();
    else if (this.wire === 1) this.#skip(8);
    else if (this.wire === 5) this.#skip(4);
    else if (this.wire === 2) this.#skip(this.#varint());
    else throw new BrokenMessage(`wire type ${this.wire}`);
    return true;
  }

  /** The field as it stands, its tag included; not a copy. */
  raw(): Uint8Array {
    return this.bytes.subarray(this.#start, this.#at);
  }

  inner(): Fields {
    if (this.wire !== 2) throw new BrokenMessage("a message was expected");
    return new Fields(this.bytes, this.from, this.to);
  }

  text(): string {
    if (this.wire !== 2 || this.to - this.from > 4096) throw new BrokenMessage("a name was expected");
    return decoder.decode(this.bytes.subarray(this.from, this.to));
  }

  /** Unsigned integers, packed or one at a time. */
  *integers(): Generator<number> {
    if (this.wire === 0) yield this.value;
    else {
      const packed = this.inner();
      while (packed.#at < packed.#end) yield packed.#varint();
    }
  }

  /** Signed integers, packed or one at a time. */
  *signedIntegers(): Generator<number> {
    if (this.wire === 0) yield this.signed;
    else {
      const packed = this.inner();
      while (packed.#at < packed.#end) {
        packed.#varint();
        yield packed.signed;
      }
    }
  }

  float(): number {
    if (this.wire !== 5) throw new BrokenMessage("a number was expected");
    const four = this.bytes.subarray(this.from, this.to);
    return new DataView(four.buffer, four.byteOffset).getFloat32(0, true);
  }

  #skip(length: number): void {
    this.from = this.#at;
    this.to = this.#at + length;
    if (this.to > this.#end) throw new BrokenMessage("it ends early");
    this.#at = this.to;
  }

  #varint(): number {
    let value = 0;
    let complement = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.#at < this.#end ? this.bytes.at(this.#at++) : undefined;
      if (byte === undefined) throw new BrokenMessage("it ends early");
      value += (byte & 127) * factor;
      if (byte < 128) {
        // The tenth byte is that of a sign; what is near zero stays exact.
        this.signed = count === 9 ? -1 - complement : value;
        return value;
      }
      complement += (127 - (byte & 127)) * factor;
      factor *= 128;
    }
    throw new BrokenMessage("a number has no end");
  }
}

/** Bytes of one field of a message, in pieces that are not copied. */
export type Piece = Uint8Array;

const encoder = new TextEncoder();

export function integerField(field: number, value: number): Piece {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

export function floatField(field: number, value: number): Piece {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([Uint8Array.from(varint(field * 8 + 5)), bytes]);
}

export function textField(field: number, text: string): Piece {
  return messageField(field, [encoder.encode(text)]);
}

/** Integers of either sign, packed. */
export function integersField(field: number, values: readonly number[]): Piece {
  return messageField(field, [Uint8Array.from(values.flatMap(varint))]);
}

export function messageField(field: number, pieces: readonly Piece[]): Piece {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(length)]), ...pieces]);
}

export function joined(pieces: readonly Piece[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}
