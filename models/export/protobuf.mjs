/** The part of protocol buffers that an ONNX file needs: varints and length-delimited fields. */

function varint(value) {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

const tag = (field, wire) => varint((field << 3) | wire);

export const integer = (field, value) => Buffer.concat([tag(field, 0), varint(value)]);

export function float(field, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, 5), bytes]);
}

export function bytes(field, value) {
  const body = typeof value === "string" ? Buffer.from(value) : value;
  return Buffer.concat([tag(field, 2), varint(body.length), body]);
}

export const message = (field, ...parts) => bytes(field, Buffer.concat(parts));

export const integers = (field, values) => bytes(field, Buffer.concat(values.map(varint)));
